import { expect, it } from 'vitest'
import { COMMANDS } from '../../../src/bot/handlers/commands.ts'
import { loadSettings } from '../../../src/bot/program/config.ts'
import { createProviders } from '../../../src/bot/program/providers.ts'
import { DISCORD_LIMITS as DISCORD } from '../../../src/bot/surfaces/discord/limits.ts'
import { SLACK_LIMITS as SLACK } from '../../../src/bot/surfaces/slack/limits.ts'
import { en } from '../../../src/bot/words/en.ts'
import { type Words, wordsFor } from '../../../src/bot/words/index.ts'
import { providerName } from '../../../src/bot/words/provider-name.ts'
import { createPool } from '../../../src/core/media/ffmpeg/pool.ts'
import { LocalStore } from '../../../src/core/media/store/local-store.ts'
import { englishName, PROVIDER_NAMES } from '../../../src/core/model/provider-names.ts'

const ko = wordsFor('ko')
const IDS = Object.keys(PROVIDER_NAMES)

/** The arguments for each leaf: for one, for many, and for unknown people and things. */
const ARGUMENTS: [unknown, unknown, unknown][] = [
  ['1', 1, 1],
  ['2, 3', 20, 30],
  ['', null, false],
]
const ERROR_PARAMS = { field: 'template', whose: 'workspace', unit: 'percent', provider: 'espeak' }

/** Sentences about people and words only, without counts. */
const NAMES_ONLY = new Set(['notes.resolved', 'notes.suggestion', 'studio.panel.notes.resolved'])
const names = (args: unknown[]) => args.map((each) => (each === null ? '' : String(each)))

/** Every sentence of a catalogue, with its path. */
function sentences(value: unknown, at = ''): [at: string, sentence: string][] {
  if (typeof value === 'string') return [[at, value]]
  if (typeof value === 'function') {
    if (!at.startsWith('errors.'))
      return ARGUMENTS.map((args) => [at, String(value(...(NAMES_ONLY.has(at) ? names(args) : args)))])
    const anything = (text: string) =>
      new Proxy<Record<string, string>>(ERROR_PARAMS, {
        get: (known, name) => known[String(name)] ?? text,
      })
    return ['1', '2, 3'].map((text) => [at, String(value(anything(text)))] as [string, string])
  }
  return Object.entries(value ?? {}).flatMap(([key, each]) =>
    sentences(each, at === '' ? key : `${at}.${key}`),
  )
}

/** Phrases no one would say, and wording that once replaced them. */
const BANNED: [Words, RegExp[]][] = [
  [
    en,
    [
      /\b(anew|whoever|somebody|everybody|whichever|re-voice|thereby|hence)\b/i,
      /\b(is|are|was|were|be) told\b/i,
      /\bgiven up\b|\bat work\b|\bof yours\b|\bcontent\b|\bby the topic\b|\bfollows then\b|\bwhat of it\b/i,
      /\bcollecting assets\b|\bassets?\b|\bapply mine\b|\bwhat you typed\b|\bwhat is there now\b/i,
      /\bI lack\b|\bmay not\b|\bin place\b|\bof its own\b|\bis proposed\b|\bempty:/i,
      /\d %/,
    ],
  ],
  [
    ko,
    [
      /작업 공간|다시 읽기|더 보기|적으신|이 글 쓰기|지시|템플릿|깔끔하게|간결하게|예정|누군가 님|목소리/,
      /음악: |\d+번으로/,
      // Particles are chosen, not offered as alternatives.
      /[을은이과]\([를는가와]\)|\(으\)로/,
      // Must say whether it is footage or the film, except where the product itself is meant.
      /(?<!배경 |완성 |내레이션 )영상(?!의 주제| 길이)/,
      // A single level of politeness.
      /(해요|예요|이에요|어요|아요|(?<!주)세요)[.!?]?$/,
    ],
  ],
]

it.each(BANNED)('are in plain words (%#)', (words, banned) => {
  for (const [at, sentence] of sentences(words))
    for (const phrase of banned) expect([at, sentence]).toEqual([at, expect.not.stringMatching(phrase)])
})

it.each([en, ko])('call nothing by its internal name (%#)', (words) => {
  const internal = new RegExp(
    `\\b(${IDS.filter((id) => !/openai|folder|outline/.test(id)).join('|')}|converting|assets_ready|collect)\\b`,
  )
  for (const [at, sentence] of sentences(words)) {
    expect([at, sentence]).toEqual([at, expect.not.stringMatching(internal)])
  }
})

it('have a name for every provider that can be set up', async () => {
  const settings = loadSettings({
    ...{ OPENAI_API_KEY: 'key', PEXELS_API_KEY: 'key', PIXABAY_API_KEY: 'key' },
    ...{ MEDIA_DIR: '/nowhere', MUSIC_DIR: '/nowhere' },
  })
  const ffmpeg = {
    ...{ ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe', build: '', version: '', canToneMap: false },
    ...{ source: 'system' as const, pool: createPool(1) },
  }
  const { providers, close } = await createProviders(settings, { ffmpeg, store: new LocalStore('/nowhere') })
  const names = [providers.script, providers.voice, providers.footage, providers.music].flatMap((all) =>
    all.map(({ name }: { name: string }) => name),
  )
  await close()
  expect(names.length).toBeGreaterThan(8)
  for (const name of names) {
    expect(englishName(name)).toBeTruthy()
    for (const words of [en, ko]) {
      expect(providerName(words, name)).not.toBe(words.otherProvider)
      expect(providerName(words, name)).not.toBe(name)
    }
  }
  // One from a newer version, or none at all.
  for (const name of ['painter', 'constructor', '']) expect(providerName(ko, name)).toBe(ko.otherProvider)
})

it('count drafts only as far as there is something to count', () => {
  expect([en.private.drafts(1, 1, 1), en.private.drafts(1, 3, 3)]).toEqual(['1 draft', '3 drafts'])
  expect(en.private.drafts(11, 12, 12)).toBe('Drafts 11 to 12 of 12')
  expect([ko.private.drafts(1, 1, 1), ko.private.drafts(11, 12, 12)]).toEqual([
    '초안 1개',
    '초안 12개 중 11–12',
  ])
})

it('name whose version is whose', () => {
  expect([en.private.theirs('Alice'), en.buttons.keepTheirs('Alice')]).toEqual([
    "Alice's version",
    "Keep Alice's",
  ])
  expect([en.private.theirs(''), en.buttons.keepTheirs('')]).toEqual(['Their version', 'Keep theirs'])
  expect([ko.private.theirs('민지'), ko.buttons.keepTheirs('민지')]).toEqual([
    '민지 님 내용',
    '민지 님 내용 유지',
  ])
  expect(ko.private.stale('')).toMatch(/^편집하시는 동안 누군가가 먼저/)
})

it.each([en, ko])('fit where platforms show them (%#)', (words) => {
  const longest = (group: unknown) => sentences(group).map(([, sentence]) => sentence)
  const within = (texts: string[], max: number) => {
    for (const text of texts) expect([text, text.length <= max]).toEqual([text, true])
  }
  // A name may have 40 characters there.
  const ann = 'A'.repeat(40)
  within(
    [...longest(words.buttons), words.buttons.keepTheirs(ann)],
    Math.min(DISCORD.button.label, SLACK.buttonText.max),
  )
  const { form } = words
  const titles = [form.edit(100), form.add, form.insert(100), form.settings, form.rewrite(100)]
  within([...titles, form.create], Math.min(DISCORD.modal.title, SLACK.viewTitle.max))
  within([form.save, form.start, words.buttons.render, words.buttons.rewrite], SLACK.viewSubmit.max)
  const isHint = (at: string) => at.endsWith('Hint')
  const { longText: _, ...fields } = form
  within(
    sentences(fields)
      .filter(([at]) => isHint(at))
      .map(([, hint]) => hint),
    DISCORD.modal.description,
  )
  within(
    sentences(fields)
      .filter(([at]) => !isHint(at))
      .map(([, label]) => label),
    DISCORD.modal.label,
  )
  const choices = [words.template, words.format, words.status, words.noMusic, form.auto]
  within([...longest(choices), ...Object.values(words.mood).map(words.music)], SLACK.optionText.max)
  within([words.private.choose, words.draft.otherTopics, words.buttons.more], SLACK.placeholder.max)
  within([words.command.shortcut], SLACK.shortcutName.max)
  const described = COMMANDS.flatMap(({ description, options }) => [
    description,
    ...options.map((one) => one.description),
  ])
  within(
    described.map((each) => each(words)),
    DISCORD.command.description,
  )
})
