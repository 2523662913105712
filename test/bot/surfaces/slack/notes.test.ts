import { expect, it } from 'vitest'
import { EVENTS, SCOPES, slackManifest } from '../../../../src/bot/surfaces/slack/manifest.ts'
import { getDraft } from '../../../../src/core/draft/load.ts'
import { NoteEntity } from '../../../../src/db/entities/note.ts'
import { moreOf, type SlackBot, slackBot } from '../../../factories/slack.ts'
import { fakeProviders, rewriting, TEXTS } from '../../../fakes/providers.ts'
import type { Message } from '../../../servers/slack/world.ts'

const signs = ({ reactions }: Message) => [...reactions.keys()].join(' ')

async function start(options: Parameters<typeof slackBot>[0] = {}) {
  const bot: SlackBot = await slackBot(options)
  const { slack, program } = bot
  const said = (message: Message) => slack.shown(message).replaceAll(/[*_]|^> /gm, '')
  const { draftId, top } = await bot.create()
  const bee = slack.user('bee')
  const name = `<@${slack.world.app.userId}>`
  const segment = (place: number) => slack.thread(top)[place - 1] as Message
  return {
    ...{ ...bot, draftId, top, name, segment, said, ann: slack.user('ann'), bee },
    says: (place: number, words: string) =>
      slack.until(() => said(segment(place)).includes(words), `segment ${place} to say “${words}”`),
    load: () => getDraft(program.core, `slack:${slack.world.team.id}`, draftId),
    notes: () => program.core.db.fork().find(NoteEntity, { draftId }, { orderBy: { id: 'asc' } }),
  }
}

it('notes what people say, by buttons and by mentions, and lets everybody resolve it', async () => {
  const { slack, said, ann, bee, top, name, segment, says, load, notes } = await start()
  const before = await load()
  ann.pick(segment(1), /^menu:/, 'Note')
  const form = await slack.until(() => ann.form(), 'the form')
  expect(form.payload.title.text).toBe('Note on segment 1')
  ann.submit(form, { Note: 'is *this* <right>?' })
  await says(1, 'Note by ann: is this')

  const note = bee.say(`${name} 2: calmer &amp; slower, <@${ann.id}>`, { thread: top })
  await slack.until(() => signs(note) === 'memo', 'it is taken')
  await says(2, 'Note by bee: calmer & slower, @ann')
  ann.say('2: nobody is meant', { thread: top })
  ann.press(segment(2), 'Resolve')
  await says(2, 'Note by bee, resolved by ann')

  // The list, which only this person sees and where people can delete only their own notes.
  bee.press(segment(2), 'Notes (1)')
  const list = await slack.until(() => bee.ephemerals().at(-1), 'the list')
  bee.press(list, 'Reopen')
  await says(2, 'Note by bee: calmer')
  const open = await slack.until(
    () => bee.ephemerals().find((message) => said(message).includes('Resolve')),
    'the list again',
  )
  bee.press(open, 'Delete')
  await slack.until(() => !said(segment(2)).includes('calmer'), 'the note is gone')
  expect((await notes()).map(({ text }) => text)).toEqual(['is this <right>?'])

  const after = await load()
  expect([after.segments, after.draft.revision]).toEqual([before.segments, before.draft.revision])
  expect(slack.problems).toEqual([])
})

it('takes a message once, however often Slack tells of it', async () => {
  const { slack, said, ann, bee, top, name, notes, segment, says } = await start()
  slack.deliverTwice(1, 'trigger')
  const note = ann.say(`${name} #2 calmer`, { thread: top })
  await slack.until(() => signs(note) === 'memo', 'it is taken')
  ann.edit(note, `${name} #2 calmer, and slower`)
  // A message that didn't mention the bot counts from the moment it does.
  const later = bee.say('3: shorter', { thread: top })
  bee.edit(later, `${name} 3: shorter`)
  await says(3, 'Note by bee: shorter')
  slack.event({
    type: 'app_mention',
    bot_id: 'B0OTHER',
    user: bee.id,
    channel: top.channel,
    ts: '1700000000.000100',
    thread_ts: top.ts,
    text: `${name} 1: I am a bot`,
  })
  const last = ann.say(`${name} 1: last`, { thread: top })
  await slack.until(() => signs(last) === 'memo', 'the last one is taken')
  expect((await notes()).map(({ text }) => text)).toEqual(['calmer', 'shorter', 'last'])
  expect(said(segment(1))).not.toContain('bot')
})

it('proposes another text where a script service can write one', async () => {
  const fakes = rewriting(fakeProviders(TEXTS.slice(0, 2)))
  const { slack, said, ann, bee, top, name, segment, says, load } = await start({ program: { fakes } })
  const asked = ann.say(`${name} segment 2 calmer`, { thread: top })
  await slack.until(() => signs(asked) === 'bulb', 'the suggestion is announced')
  await says(2, 'because ann asked for “calmer”')
  expect(said(segment(2))).toContain('Four five six. Calmly.')
  const text = async () => (await load()).segments[1]?.text
  expect(await text()).toBe('Four five six.')
  bee.press(segment(2), 'Edit suggestion')
  const form = await slack.until(() => bee.form(), 'the form')
  bee.submit(form, { Narration: 'Four, five, six.' })
  await slack.until(async () => (await text()) === 'Four, five, six.', 'the text')
  const history = await bee.press(await moreOf(slack, bee, top), 'History').reply()
  expect(said(history)).toContain('bee: accepted a suggestion for segment 2 (requested by ann)')
})

it('keeps the note and says why where no suggestion comes', async () => {
  const fakes = rewriting(fakeProviders(TEXTS.slice(0, 2)), () => {
    throw new DOMException('', 'TimeoutError')
  })
  const { slack, said, ann, top, name, says } = await start({ program: { fakes } })
  const asked = ann.say(`${name} 2: calmer`, { thread: top })
  await slack.until(() => signs(asked) === 'memo', 'it is a note')
  await says(2, 'Note by ann: calmer')
  const told = await slack.until(() => ann.ephemerals().at(-1), 'the reason')
  expect(said(told)).toContain(
    "I saved this as a note, because I couldn't get a suggestion. That took too long",
  )
  expect(told.threadTs).toBe(top.ts)
})

it('answers in private what it cannot take', async () => {
  const { slack, said, ann, bee, top, name, says } = await start({ segments: 2 })
  ann.say(`${name} more energy`, { thread: top })
  const answer = await slack.until(() => ann.ephemerals().at(-1), 'an answer')
  expect(said(answer)).toContain('Start with its number, like this: @rushes 2: calmer')
  ann.press(answer, 'Write a note')
  const form = await slack.until(() => ann.form(), 'the form')
  ann.submit(form, { 'Segment number': '9' })
  await slack.until(() => Object.keys(form.errors).length > 0, 'an error at its field')
  expect(Object.values(form.errors)).toEqual(['There is no segment 9. This draft has segments 1 to 2.'])
  ann.submit(form, { 'Segment number': '2' })
  await says(2, 'Note by ann: more energy')

  bee.say(`${name} hello`)
  const lost = await slack.until(() => bee.ephemerals().at(-1), 'an answer in the channel')
  expect(said(lost)).toContain('Mention @rushes in the thread of a draft')
  expect(lost.threadTs).toBeUndefined()
  expect(slack.messages()).toHaveLength(2)
})

it('needs the scopes that the manifest names, and works without a sign', async () => {
  const { slack, top, name, says, ann, notes, surface } = await start({
    segments: 1,
    scopes: Object.keys(SCOPES).filter((scope) => scope !== 'reactions:write'),
  })
  expect(surface.notes.join()).toContain('the app is missing scopes: reactions:write.')
  const note = ann.say(`${name} 1: calmer`, { thread: top })
  await says(1, 'Note by ann: calmer')
  await slack.until(() => slack.callsTo('reactions.add').length > 0, 'the sign was tried')
  expect(slack.callsTo('reactions.add').at(-1)).toMatchObject({ error: 'missing_scope' })
  expect([signs(note), ann.ephemerals()]).toEqual(['', []])
  // Without the other scope, Slack sends nothing.
  slack.withoutScope('app_mentions:read')
  ann.say(`${name} 1: slower`, { thread: top })
  expect(await notes()).toHaveLength(1)

  const subscribed = { bot_events: [...EVENTS] }
  expect(slackManifest().settings.event_subscriptions).toEqual(subscribed)
  expect(slackManifest('https://rushes.example.com').settings.event_subscriptions).toEqual({
    ...subscribed,
    request_url: 'https://rushes.example.com/slack/events',
  })
})
