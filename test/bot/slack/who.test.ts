import { expect, it } from 'vitest'
import { KeptFormEntity } from '../../../src/db/entities/kept-form.ts'
import { slackBot } from '../../factories/slack.ts'
import type { Person } from '../../servers/slack/person.ts'
import type { Message } from '../../servers/slack/world.ts'

it('lets the author and admins of the workspace delete a draft, nobody else', async () => {
  const { slack, create } = await slackBot()
  const { top } = await create()
  const answer = async (person: Person) => slack.shown(await person.press(top, 'Delete').reply())
  expect(await answer(slack.user('ben'))).toContain('Only the author')
  expect(await answer(slack.user('ann'))).toContain('[Delete for good]')
  expect(await answer(slack.user('eve', { isAdmin: true }))).toContain('[Delete for good]')
  expect(await answer(slack.user('owen', { isOwner: true }))).toContain('[Delete for good]')
  expect(slack.problems).toEqual([])
})

it('does not let the question of one person be answered for a draft by another', async () => {
  const { slack, create } = await slackBot()
  const { top, draftId } = await create()
  const question = await slack.user('ann').press(top, 'Delete').reply()
  const action = question.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])).at(0)
  const ben = slack.user('ben')
  const forged = ben.forge(top, 'Render', {
    actions: [{ type: 'button', action_id: action?.action_id, block_id: 'x', action_ts: '1.1' }],
  })
  expect(slack.shown(await forged.reply())).toContain('Only the author')
  expect(slack.thread(top).length).toBeGreaterThan(0)
  expect(JSON.stringify(top.blocks)).toContain(draftId)
})

it('has no drafts for people of another team, whatever id they carry', async () => {
  const { slack, create } = await slackBot()
  const { top, draftId } = await create()
  const mallory = slack.user('mallory', { teamId: 'T0MALLORY1', isAdmin: true })
  const nothing = `There is no draft “${draftId}” here.`
  const segment = slack.thread(top)[0] as Message
  const acts = [
    () => mallory.command(`/draft show ${draftId}`),
    () => mallory.command(`/draft delete ${draftId}`),
    () => mallory.command(`/draft history ${draftId}`),
    () => mallory.command(`/draft jobs ${draftId}`),
    () => mallory.press(top, 'Delete'),
    () => mallory.press(top, 'Settings'),
    () => mallory.press(segment, 'Edit'),
    () => mallory.press(segment, 'Play'),
  ]
  for (const act of acts) {
    const answer = slack.shown(await act().reply())
    expect([nothing, 'That segment is no longer in the draft.']).toContain(answer)
  }
  expect(slack.shown(await mallory.command('/draft list').reply())).not.toContain(draftId)
  // The same for a payload that names another team for one of ours.
  const forged = slack.user('ann').forge(top, 'Delete', { team: { id: 'T0MALLORY1', domain: 'x' } })
  expect(slack.shown(await forged.reply())).toContain(nothing)
  expect(slack.problems).toEqual([])
})

it('says how to invite it to a channel that it is not in, and keeps what was typed', async () => {
  const { slack, program } = await slackBot({
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

it('speaks the language of whoever presses, and names people as they call themselves', async () => {
  const { slack, create } = await slackBot()
  const { top } = await create()
  const min = slack.user('min', { locale: 'ko-KR', realName: '민' })
  expect(slack.shown(await min.press(top, 'Delete').reply())).toContain('만든 사람이나 관리자만')
  const form = await min.press(slack.thread(top)[0] as Message, 'Edit').view()
  expect(form.payload.title.text).toBe('장면 1 편집')
})
