import { expect, it } from 'vitest'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { KeptFormEntity } from '../../../../src/db/entities/kept-form.ts'
import { controlsOf, moreOf, slackBot } from '../../../factories/slack.ts'
import { openDirect } from '../../../servers/slack/api/chat.ts'
import type { Person } from '../../../servers/slack/person.ts'
import type { Message } from '../../../servers/slack/world.ts'

it('lets the author and admins of the workspace delete a draft, nobody else', async () => {
  const { slack, create } = await slackBot({ segments: 1 })
  const { top } = await create()
  const answer = async (person: Person) =>
    slack.shown(await person.press(await moreOf(slack, person, top), 'Delete').reply())
  expect(await answer(slack.user('ben'))).toContain('Only the author')
  expect(await answer(slack.user('ann'))).toContain('[Delete for good]')
  expect(await answer(slack.user('eve', { isAdmin: true }))).toContain('[Delete for good]')
  expect(await answer(slack.user('owen', { isOwner: true }))).toContain('[Delete for good]')
  expect(slack.problems).toEqual([])
})

it('does not let the question of one person be answered for a draft by another', async () => {
  const { slack, create } = await slackBot({ segments: 1 })
  const { top, draftId } = await create()
  const ann = slack.user('ann')
  const question = await ann.press(await moreOf(slack, ann, top), 'Delete').reply()
  const action = question.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])).at(0)
  const ben = slack.user('ben')
  const forged = ben.forge(controlsOf(slack, top), 'Render', {
    actions: [{ type: 'button', action_id: action?.action_id, block_id: 'x', action_ts: '1.1' }],
  })
  expect(slack.shown(await forged.reply())).toContain('Only the author')
  expect(slack.thread(top).length).toBeGreaterThan(0)
  expect(JSON.stringify(top.blocks)).toContain(draftId)
})

it('has no drafts for people of another team, whatever id they carry', async () => {
  const { slack, create } = await slackBot({ segments: 1 })
  const { top, draftId } = await create()
  const mallory = slack.user('mallory', { teamId: 'T0MALLORY1', isAdmin: true })
  const nothing = `There is no draft “${draftId}” here.\n[List of drafts]`
  const segment = slack.thread(top)[0] as Message
  const acts = [
    () => mallory.command(`/draft show ${draftId}`),
    () => mallory.command(`/draft delete ${draftId}`),
    () => mallory.command(`/draft history ${draftId}`),
    () => mallory.command(`/draft jobs ${draftId}`),
    () => mallory.press(controlsOf(slack, top), 'More…'),
    () => mallory.press(controlsOf(slack, top), 'Render'),
    () => mallory.press(top, 'Settings'),
    () => mallory.press(segment, 'Edit'),
    () => mallory.press(segment, 'Play'),
  ]
  for (const act of acts) {
    const answer = slack.shown(await act().reply())
    expect([nothing, 'That segment is no longer in the draft.']).toContain(answer)
  }
  expect(slack.shown(await mallory.command('/draft list').reply())).not.toContain(draftId)
  // Same, for a payload that claims another team for one of our people.
  const forged = slack
    .user('ann')
    .forge(controlsOf(slack, top), 'Render', { team: { id: 'T0MALLORY1', domain: 'x' } })
  expect(slack.shown(await forged.reply())).toContain(nothing)
  expect(slack.problems).toEqual([])
})

it('says how to invite it to a channel that it is not in, and keeps what was typed', async () => {
  const { slack, program } = await slackBot({
    segments: 1,
    channels: [
      { name: 'drafts' },
      { name: 'closed', bot: false },
      { name: 'secret', kind: 'private', bot: false },
    ],
    scopes: ['commands', 'chat:write', 'files:write', 'users:read', 'channels:history', 'groups:history'],
  })
  const ann = slack.user('ann')
  const invitation = 'Type /invite @rushes here'
  for (const channel of ['closed', 'secret'])
    expect(slack.shown(await ann.command('/draft create Tea', { channel }).reply())).toContain(invitation)
  const form = await ann.command('/draft', { channel: 'closed' }).view()
  await ann.submit(form, { topic: 'Tea that I typed' }).acknowledged()
  const answer = await slack.until(() =>
    ann.ephemerals().find((message) => slack.shown(message).includes('[Edit again]')),
  )
  expect(slack.shown(answer)).toContain(invitation)
  slack.inviteBot('closed')
  const again = await ann.press(answer, 'Edit again').view()
  expect(again.values.topic?.value?.value).toBe('Tea that I typed')
  await ann.submit(again).acknowledged()
  await slack.until(() => slack.messages('closed').length === 1)
  expect(await program.core.db.fork().count(KeptFormEntity)).toBe(1)
  expect(slack.problems).toEqual([])
})

it('speaks the language of the person who presses, and names people as they call themselves', async () => {
  const { slack, create } = await slackBot({ segments: 1 })
  const { top } = await create()
  const min = slack.user('min', { locale: 'ko-KR', realName: '민' })
  const more = await moreOf(slack, min, top)
  expect(slack.shown(await min.press(more, '삭제').reply())).toContain('만든 사람이나 관리자만')
  const form = await min.press(slack.thread(top)[0] as Message, 'Edit').view()
  expect(form.payload.title.text).toBe('장면 1 편집')
})

it('shows what is in a private channel to its members only, and lets only them change it', async () => {
  const channels = [{ name: 'secret', kind: 'private' as const }, { name: 'lobby' }]
  const { slack, program, create } = await slackBot({ channels, segments: 1 })
  const { top, draftId } = await create()
  const ben = slack.user('ben')
  const lobby = { channels: ['lobby'] }
  const outsiders = [
    slack.user('zoe', lobby),
    slack.user('eve', { ...lobby, isAdmin: true }),
    slack.user('gus', { ...lobby, isGuest: true }),
  ]
  const ann = slack.user('ann')
  const history = await ann.press(await moreOf(slack, ann, top), 'History').reply()
  const none = `There is no draft “${draftId}” here.\n[List of drafts]`
  const stored = await program.load(draftId).catch(() => null)
  for (const person of outsiders) {
    const channel = 'lobby'
    const said = async (line: string) => slack.shown(await person.command(line, { channel }).reply())
    expect(await said('/draft list')).toContain('no drafts yet')
    expect(await said('/draft show tea')).toBe('There is no draft “tea” here.\n[List of drafts]')
    expect(await said('/draft jobs')).toContain('Nothing has been rendered')
    for (const name of ['show', 'history', 'jobs', 'delete'])
      expect(await said(`/draft ${name} ${draftId}`)).toBe(none)
    const segment = slack.thread(top)[0] as Message
    const last = controlsOf(slack, top)
    for (const [message, button] of [
      ...(['Settings', 'Add segment'] as const).map((name) => [top, name] as const),
      ...(['Render', 'Watch', 'Undo', 'Change look', 'More…'] as const)
        .filter((name) => slack.shown(last).includes(`[${name}]`))
        .map((name) => [last, name] as const),
      ...(['Edit', 'Footage', 'New take', 'Play'] as const).map((name) => [segment, name] as const),
    ])
      expect([button, slack.shown(await person.press(message, button).reply())]).toEqual([button, none])
    const restore = { action_id: `restore:${draftId}:0:1`, type: 'button', block_id: 'x', action_ts: '1.1' }
    const forged = person.forge(last, 'Render', { actions: [restore] })
    expect(slack.shown(await forged.reply())).toBe(none)
  }
  expect(await program.load(draftId).catch(() => null)).toEqual(stored)
  expect(slack.shown(history)).toContain('wrote the script')
  expect(slack.shown(await ben.press(await moreOf(slack, ben, top), 'History').reply())).toContain(
    'wrote the script',
  )
  expect(slack.problems).toEqual([])
})

it('takes a direct message with the bot for a place of its own', async () => {
  const { slack, program } = await slackBot({ segments: 1 })
  const [ann, eve] = [slack.user('ann'), slack.user('eve', { isAdmin: true })]
  const direct = slack.channel(openDirect(slack.world, ann.id))
  ann.command('/draft create Secret tea', { channel: direct })
  const top = await slack.until(() => slack.messages(direct)[0])
  await program.queue.idle()
  await program.threads.settled()
  const draft = await program.core.db.fork().findOneOrFail(DraftEntity, { channelId: direct.id })
  const none = `There is no draft “${draft.draftId}” here.\n[List of drafts]`
  const list = async (person: Person) => slack.shown(await person.command('/draft list').reply())
  expect(await list(ann)).toContain(draft.draftId)
  expect(await list(eve)).toContain('no drafts yet')
  expect(slack.shown(await eve.command(`/draft history ${draft.draftId}`).reply())).toBe(none)
  expect(slack.shown(await eve.press(controlsOf(slack, top), 'More…').reply())).toBe(none)
})

it('lets people of the workspace look into a public channel, and those change something who are in it', async () => {
  const { slack, create } = await slackBot({ channels: ['drafts', 'lobby'], segments: 1 })
  const { top, draftId } = await create()
  const channel = 'lobby'
  const zoe = slack.user('zoe', { channels: [channel] })
  const gus = slack.user('gus', { channels: [channel], isGuest: true })
  expect(slack.shown(await zoe.command('/draft list', { channel }).reply())).toContain(draftId)
  expect(slack.shown(await gus.command('/draft list', { channel }).reply())).toContain('no drafts yet')
  const segment = slack.thread(top)[0] as Message
  expect(slack.shown(await zoe.press(segment, 'Edit').reply())).toContain('Only people who can post')
  slack.channel('drafts').members.add(zoe.id)
  expect((await zoe.press(segment, 'Edit').view()).payload.title.text).toBe('Edit segment 1')
})

it('has nothing for people of another company, also when Slack does not say who they are', async () => {
  const { slack, program, create } = await slackBot({ segments: 1 })
  const { top, draftId } = await create()
  const mallory = slack.user('mallory', { teamId: 'T0MALLORY1' })
  const none = `There is no draft “${draftId}” here.\n[List of drafts]`
  for (const fault of [null, { error: 'internal_error' }] as const) {
    if (fault) slack.fault('users.info', fault, 3)
    expect(slack.shown(await mallory.press(controlsOf(slack, top), 'More…').reply())).toBe(none)
    expect(slack.shown(await mallory.command(`/draft history ${draftId}`).reply())).toBe(none)
    slack.clearFaults()
  }
  const drafts = await program.core.db.fork().count(DraftEntity)
  // Nothing in the payload says which team they belong to either.
  slack.fault('users.info', { error: 'internal_error' }, 3)
  const unsaid = { team: null, user: { id: mallory.id } }
  expect(slack.shown(await mallory.forge(controlsOf(slack, top), 'More…', unsaid).reply())).toBe(none)
  slack.clearFaults()
  const refused = await mallory.command('/draft create Tea on your bill').reply()
  expect(slack.shown(refused)).toContain('Only members of this workspace')
  await program.queue.idle()
  expect(await program.core.db.fork().count(DraftEntity)).toBe(drafts)
})

it('asks for its permissions again where they are too few, and until then only authors see their drafts', async () => {
  const old = ['commands', 'chat:write', 'files:write', 'users:read', 'channels:history']
  const { slack, surface, create } = await slackBot({ scopes: old, segments: 1 })
  const { top, draftId } = await create()
  expect(surface.notes.join()).toMatch(/is missing scopes: .*channels:read.*reinstall it/)
  const [ann, ben] = [slack.user('ann'), slack.user('ben')]
  expect(slack.shown(await moreOf(slack, ann, top))).toContain(draftId)
  expect(slack.shown(await moreOf(slack, ben, top))).toBe(
    `There is no draft “${draftId}” here.\n[List of drafts]`,
  )
})
