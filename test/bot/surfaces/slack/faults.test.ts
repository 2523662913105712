import { expect, it } from 'vitest'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { controlsOf, moreOf, slackBot } from '../../../factories/slack.ts'
import { fakeProviders } from '../../../fakes/providers.ts'
import type { Message } from '../../../servers/slack/world.ts'

/** All but the last one, which has the controls. */
const segments = (slack: { thread(root: Message): Message[] }, top: Message) =>
  slack.thread(top).filter(({ blocks }) => !JSON.stringify(blocks).includes('about:draft_'))

it.each(['envelope', 'trigger'] as const)('does once what is delivered twice (same %s)', async (same) => {
  const { slack, create, program, settle } = await slackBot({ segments: 1 })
  slack.deliverTwice(1, same)
  const { draftId, top } = await create()
  expect(slack.messages()).toEqual([top])
  expect(await program.core.db.fork().count(JobEntity, { kind: 'create' })).toBe(1)

  const ann = slack.user('ann')
  const [message] = segments(slack, top)
  if (!message) throw new Error('There is no segment.')
  slack.deliverTwice(1, same)
  const form = await ann.press(message, 'Edit').view()
  slack.deliverTwice(1, same)
  expect(Object.keys(await ann.submit(form, { duration: 'soon' }).errors())).toEqual(['duration'])
  slack.deliverTwice(1, same)
  await ann.submit(form, { Narration: 'Once only.', duration: '' }).acknowledged()
  await slack.until(() => slack.shown(message).includes('Once only.'))
  slack.deliverTwice(1, same)
  ann.pick(message, /^menu:/, 'Split in two')
  await settle(draftId)
  expect(segments(slack, top)).toHaveLength(1)
  slack.deliverTwice(1, same)
  ann.press(controlsOf(slack, top), 'Undo')
  await slack.until(() => !slack.shown(message).includes('Once only.'))
  await slack.until(() => ann.ephemerals().length > 1)
  // No action was answered with an error, nor was an open form.
  expect(ann.ephemerals().map((each) => slack.shown(each))).toEqual([
    expect.stringContaining('cannot be split'),
    expect.stringContaining('Undid: '),
  ])
  expect(slack.problems).toEqual([])
})

it('posts nothing twice when answers get lost', async () => {
  const { slack, create, program } = await slackBot({ segments: 2 })
  slack.fault('chat.postMessage', { loseAnswer: true }, 2)
  slack.fault('chat.update', { loseAnswer: true })
  slack.fault('files.completeUploadExternal', { loseAnswer: true })
  slack.fault('upload', { reset: true })
  const { draftId, top } = await create()
  await program.threads.sync(draftId)
  expect(slack.messages()).toEqual([top])
  expect(segments(slack, top)).toHaveLength(2)
  for (const message of segments(slack, top))
    expect(message.blocks.some(({ type }) => type === 'image')).toBe(true)
  expect(slack.problems).toEqual([])
})

it('posts a clip once though its answer gets lost', async () => {
  const { slack, create } = await slackBot({ program: { fakes: fakeProviders(['One two.']) } })
  const { top } = await create('create Tea format:square')
  const [message] = segments(slack, top)
  if (!message) throw new Error('There is no segment.')
  slack.fault('files.completeUploadExternal', { loseAnswer: true })
  slack.user('ann').press(message, 'Play')
  const withFiles = () => segments(slack, top).filter(({ files }) => files.length > 0)
  await slack.until(() => withFiles().length > 0, 'the clip', 60_000)
  await slack.until(() => slack.callsTo('conversations.replies').length > 0)
  expect(withFiles()).toHaveLength(1)
})

const hasPicture = ({ blocks }: Message) => blocks.some(({ type }) => type === 'image')

it('waits for pictures that Slack still processes, and uploads one again that somebody deleted', async () => {
  const { slack, create } = await slackBot({ fileProcessingMs: 600, segments: 2 })
  const { top } = await create()
  expect(segments(slack, top).map(hasPicture)).toEqual([true, true])
  const [message] = segments(slack, top)
  if (!message) throw new Error('There is no segment.')
  const uploads = slack.callsTo('files.getUploadURLExternal').length
  slack.world.files.clear()
  const form = await slack.user('ann').press(message, 'Edit').view()
  await slack.user('ann').submit(form, { Keyword: 'leaf' }).acknowledged()
  await slack.until(() => slack.shown(message).includes('leaf'))
  expect(hasPicture(message)).toBe(true)
  expect(slack.callsTo('files.getUploadURLExternal')).toHaveLength(uploads + 1)
  expect(slack.problems).toEqual([])
})

it('shows segments without pictures where it may not upload', async () => {
  const { slack, create } = await slackBot({ segments: 2 })
  slack.withoutScope('files:write')
  const { top } = await create()
  expect(segments(slack, top).map(hasPicture)).toEqual([false, false])
})

it('waits as long as Slack asks, and goes on after failures', async () => {
  const { slack, create } = await slackBot({ rateLimit: { perSecond: 4, burst: 3 } })
  slack.fault('chat.postMessage', { retryAfter: 1 }, 1, 1)
  slack.fault('chat.update', { status: 503 })
  slack.fault('conversations.replies', { reset: true })
  slack.fault('users.info', { error: 'internal_error' })
  const { top } = await create()
  expect(segments(slack, top)).toHaveLength(3)
  expect(slack.messages()).toEqual([top])
  expect(slack.problems).toEqual([])
})

it('tells the person in private what Slack refuses', async () => {
  const { slack, create } = await slackBot({ segments: 1 })
  const { top } = await create()
  const ann = slack.user('ann')
  const [message] = segments(slack, top)
  if (!message) throw new Error('There is no segment.')
  slack.fault('views.open', { retryAfter: 7 })
  expect(slack.shown(await ann.press(message, 'Edit').reply())).toContain('Try again in 7 seconds.')
  slack.fault('views.open', { error: 'expired_trigger_id' })
  expect(slack.shown(await ann.press(message, 'Edit').reply())).toContain('took too long to open')
  slack.withoutScope('chat:write')
  const refused = await ann.command('/draft create Coffee').reply()
  expect(slack.shown(refused)).toContain('“chat:write”')
  slack.fault('chat.postMessage', { error: 'is_archived' })
  slack.setScopes(['chat:write', 'commands', 'users:read'])
  expect(slack.shown(await ann.command('/draft create Coffee').reply())).toContain('This channel is archived')
  slack.fault('views.open', { status: 200, body: '<html>Bad gateway</html>' })
  expect(slack.shown(await ann.press(message, 'Edit').reply())).toContain('did not respond')
  expect(slack.problems).toEqual([])
})

it('answers where its first answer was, when the address of the answer is used up', async () => {
  const { slack, create } = await slackBot({ segments: 1 })
  const { top } = await create()
  const ann = slack.user('ann')
  slack.fault('response_url', { status: 404, body: 'used_url' })
  const answer = await moreOf(slack, ann, top)
  expect(slack.shown(answer)).toContain('[Delete]')
  expect(slack.callsTo('chat.postEphemeral')).toHaveLength(1)
  slack.fault('response_url', { status: 500 })
  expect(slack.shown(await moreOf(slack, ann, top))).toContain('[History]')
  expect(slack.callsTo('chat.postEphemeral')).toHaveLength(1)
})

it.each([{ reset: true }, { status: 500 }, { retryAfter: 1 }] as const)(
  'answers another way after two tries at an address that answers %o',
  async (fault) => {
    const { slack } = await slackBot({ works: false })
    slack.fault('response_url', fault, 9)
    const answer = await slack.user('ann').command('/draft help').reply()
    expect(slack.shown(answer)).toContain('/draft create topic')
    expect(slack.callsTo('response_url')).toHaveLength(2)
    expect(slack.callsTo('chat.postEphemeral')).toHaveLength(1)
  },
)

it('opens a form in time though Slack is slow to say who somebody is', async () => {
  const { slack } = await slackBot({ works: false })
  slack.fault('users.info', { delayMs: 2900 }, 2)
  const form = await slack.user('ann', { locale: 'ko-KR' }).command('/draft').view()
  expect(form.open).toBe(true)
  expect(slack.problems).toEqual([])
})

it('shows the video’s message without it where no files may be uploaded', async () => {
  const { slack, create } = await slackBot({ program: { fakes: fakeProviders(['One two.']) } })
  const { top } = await create('create Tea format:square')
  const ann = slack.user('ann')
  slack.fault('files.getUploadURLExternal', { error: 'file_uploads_disabled' }, 99)
  ann.press(controlsOf(slack, top), 'Render')
  await slack.until(() => slack.shown(top).includes('[Make changes]'), 'the end', 60_000)
  const video = slack.thread(top).at(-1)
  expect(video && slack.shown(video)).toContain("I can't send files here. The video is saved as")
  expect(slack.problems).toEqual([])
})

/** The video, its subtitles and its poster. */
const FILM = [{ mimetype: 'video/mp4' }, {}, {}, { mimetype: 'image/jpeg' }]

it('uploads again once an upload has worked', async () => {
  const { slack, create } = await slackBot({ program: { fakes: fakeProviders(['One two.']) } })
  const { top } = await create('create Tea format:square')
  const ann = slack.user('ann')
  const [segment] = segments(slack, top)
  if (!segment) throw new Error('There is no segment.')
  slack.fault('files.getUploadURLExternal', { error: 'storage_limit_reached' })
  await ann.press(segment, 'Play').acknowledged()
  const full = () =>
    ann.ephemerals().find((message) => slack.shown(message).includes('run out of file storage'))
  await slack.until(full, 'what Slack refused', 60_000)
  await ann.press(segment, 'Play').acknowledged()
  await slack.until(() => slack.thread(top).some(({ files }) => files.length > 0), 'the clip', 60_000)
  ann.press(controlsOf(slack, top), 'Render')
  await slack.until(() => slack.shown(top).includes('[Make changes]'), 'the end', 60_000)
  expect(slack.thread(top).at(-1)?.files).toMatchObject(FILM)
  expect(slack.problems).toEqual([])
})

it('says in the thread why the video is not there, and posts it once it may', async () => {
  const { slack, create, program } = await slackBot({ program: { fakes: fakeProviders(['One two.']) } })
  const { draftId, top } = await create('create Tea format:square')
  const ann = slack.user('ann')
  const missing = { error: 'missing_scope', extra: { needed: 'files:write', provided: 'chat:write' } }
  slack.fault('files.getUploadURLExternal', missing, 99)
  ann.press(controlsOf(slack, top), 'Render')
  const said = () => slack.thread(top).filter((message) => slack.shown(message).includes('“files:write”'))
  await slack.until(() => said()[0], 'why it is not there', 60_000)
  await program.threads.sync(draftId).catch(() => undefined)
  expect(said()).toHaveLength(1)
  slack.clearFaults()
  await program.threads.sync(draftId)
  expect(slack.thread(top).at(-1)?.files).toMatchObject(FILM)
  expect(slack.problems).toEqual([])
})

it('does not ask for an invitation where nobody can be invited', async () => {
  const { slack } = await slackBot({ works: false })
  const ann = slack.user('ann')
  const direct = slack.addChannel({ name: '', kind: 'private', bot: false })
  slack.world.channels.delete(direct.id)
  const between = { ...direct, id: `D${direct.id.slice(1)}`, kind: 'im' as const }
  slack.world.channels.set(between.id, between)
  const answer = await ann.command('/draft create Tea', { channel: between }).reply()
  expect(slack.shown(answer)).toContain("I can't post in a private conversation between people")
})

it.each([
  ['nearly all', 2],
  ['its top message', 1],
])('starts a thread again of which somebody deleted %s', async (_what, count) => {
  const { slack, create, program } = await slackBot({ segments: 1 })
  const { draftId, top } = await create()
  for (const message of [top, ...slack.thread(top)].slice(0, count)) message.deleted = true
  await program.threads.sync(draftId)
  const [again, more] = slack.messages()
  expect(more).toBeUndefined()
  expect(again && slack.thread(again)).toHaveLength(2)
  expect(slack.problems).toEqual([])
})

it('closes a form in time when its work is slow', async () => {
  const { slack, create } = await slackBot({ segments: 1 })
  const { top } = await create()
  const ann = slack.user('ann')
  const form = await ann.command('/draft').view()
  slack.fault('chat.postMessage', { delayMs: 3_500 })
  const sent = ann.submit(form, { topic: 'Coffee' })
  expect((await sent.acknowledged()).late).toBe(false)
  await slack.until(() => slack.messages().length === 2)
  expect(slack.messages()[0]).toBe(top)
  expect(slack.problems).toEqual([])
})
