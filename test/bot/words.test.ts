import { describe, expect, it } from 'vitest'
import { en } from '../../src/bot/words/en.ts'
import { errorSentence, wordsFor } from '../../src/bot/words/index.ts'
import { ko } from '../../src/bot/words/ko.ts'
import { ENGLISH_ERRORS } from '../../src/core/model/error-messages.ts'
import { StaleEditError, UserError } from '../../src/core/model/errors.ts'

type Leaf = { path: string; value: unknown }

function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`))
  return [{ path, value }]
}

/** The text of a catalogue's leaf, with placeholders for parameters. */
function said({ path, value }: Leaf): string {
  if (typeof value !== 'function') return String(value)
  // Errors take an object, everything else takes plain values; numbers work where either a number or text would.
  return path.startsWith('errors.') ? String(value(PARAMS)) : String(value('7', '8', '9'))
}

const PARAMS = new Proxy<Record<string, string>>(
  { field: 'title', unit: 'percent', value: '7', drafts: '8', allowed: '9', whose: 'person', why: 'unknown' },
  { get: (known, name) => known[String(name)] ?? '7' },
)

/** Words that are the same in every language: commands, names of things, units. */
const NAMES =
  /[A-Z]+(?:_[A-Z]+)+|\/[a-z]+|@|draft|create|list|show|history|jobs|delete|invite|topic|script|OpenAI|Pexels|Pixabay|YouTube|API|ID|Rushes|ffmpeg|MB|PNG|JPEG|MP4|RAW|NASA|BTS|IKEA|settings|acme|https:\/\/[a-z./]+|Google|AI|UTC|account|link|list|unlink|default|sessions|token|revoke|npm run studio|Discord|Slack|SRT|VTT|Enter|Esc|\bs\b|https:\/\/|Final Cut Pro|DaVinci Resolve|timeline\.(?:fcpxml|otio)|part:webhook|HTTP|ZIP|JSON|Idempotency-Key/g

describe('the catalogues', () => {
  it('have the same shape', () => {
    const shape = (words: unknown) => leaves(words).map(({ path, value }) => `${path}: ${typeof value}`)
    expect(shape(ko).toSorted()).toEqual(shape(en).toSorted())
  })

  it('take the same number of parameters', () => {
    const english = new Map(leaves(en).map(({ path, value }) => [path, value]))
    for (const { path, value } of leaves(ko)) {
      const other = english.get(path)
      if (typeof value === 'function' && typeof other === 'function')
        expect([path, value.length <= other.length]).toEqual([path, true])
    }
  })

  it('have a Korean sentence for every English one', () => {
    for (const leaf of leaves(ko)) {
      const text = said(leaf)
      const letters = text.replaceAll(NAMES, '').replaceAll(/[^\p{L}]/gu, '')
      if (letters === '') continue
      expect([leaf.path, text]).toEqual([leaf.path, expect.stringMatching(/\p{Script=Hangul}/u)])
      expect([leaf.path, letters.replaceAll(/\p{Script=Hangul}/gu, '')]).toEqual([leaf.path, ''])
    }
  })

  it('have no empty sentence, no “undefined”, and no Korean in English', () => {
    for (const words of [en, ko])
      for (const leaf of leaves(words)) {
        const text = said(leaf)
        expect([leaf.path, text.trim()]).not.toEqual([leaf.path, ''])
        expect([leaf.path, text]).toEqual([leaf.path, expect.not.stringMatching(/undefined|NaN|\[object/)])
      }
    for (const leaf of leaves(en)) expect(said(leaf)).not.toMatch(/\p{Script=Hangul}/u)
  })

  it('answer every error code in both languages', () => {
    for (const code of Object.keys(ENGLISH_ERRORS)) {
      expect(Object.keys(en.errors)).toContain(code)
      expect(Object.keys(ko.errors)).toContain(code)
    }
  })

  it('join Korean particles to the words before them', () => {
    expect(errorSentence(ko, new UserError('text_empty', { field: 'title' }))).toBe(
      '제목은 비워 둘 수 없습니다.',
    )
    expect(errorSentence(ko, new UserError('text_empty', { field: 'tags' }))).toBe(
      '태그는 비워 둘 수 없습니다.',
    )
    expect(
      errorSentence(ko, new UserError('duration_out_of_range', { field: 'duration', min: 1, max: 120 })),
    ).toBe('길이는 1초에서 2분 사이여야 합니다. 예: 90, 90초, 1:30, 2분')
  })

  it('say who was there first', () => {
    expect(errorSentence(en, new StaleEditError('Ben'))).toContain('Ben')
    expect(errorSentence(en, new StaleEditError(''))).toContain('Someone')
    expect(errorSentence(ko, new StaleEditError(''))).toContain('누군가')
  })

  it.each([
    ['ko', ko],
    ['ko-KR', ko],
    ['KO_kr', ko],
    ['en-GB', en],
    ['fr', en],
    ['', en],
    [null, en],
    ['constructor', en],
  ])('serve the locale %s', (locale, words) => {
    expect(wordsFor(locale)).toBe(words)
  })
})
