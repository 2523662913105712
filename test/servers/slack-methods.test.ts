import { afterEach, beforeEach, expect, it } from 'vitest'
import { type BoltApp, startBolt } from './slack/bolt-app.ts'
import { type Slack, startSlack } from './slack/index.ts'
import { modal, refusal } from './slack/samples.ts'

let slack: Slack
let bolt: BoltApp
beforeEach(async () => {
  slack = await startSlack({ channels: ['drafts', { name: 'far', bot: false }] })
  bolt = await startBolt(slack, (app) => {
    app.command('/draft', async ({ ack }) => void (await ack()))
    app.action('deeper', async ({ ack, body, client }) => {
      await ack()
      const view = {
        type: 'modal' as const,
        title: { type: 'plain_text' as const, text: 'Deep' },
        blocks: [deeper],
      }
      if (body.type === 'block_actions') await client.views.push({ trigger_id: body.trigger_id, view })
    })
    app.action('gone', async ({ ack, respond }) => {
      await ack()
      await respond({ delete_original: true })
    })
  })
})
afterEach(async () => {
  await bolt.stop()
  await slack.close()
})

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const deeper = {
  type: 'actions' as const,
  elements: [{ type: 'button' as const, action_id: 'deeper', text: plain('Deeper') }],
}

it('knows people, the team and the bot', async () => {
  const { client } = bolt.app
  const ann = slack.user('ann', { isAdmin: true, locale: 'ko-KR' })
  const { user } = await client.users.info({ user: ann.id, include_locale: true })
  expect(user).toMatchObject({ name: 'ann', is_admin: true, is_owner: false, locale: 'ko-KR' })
  expect((await client.users.info({ user: ann.id })).user).not.toHaveProperty('locale')
  const me = await client.auth.test()
  expect((await client.bots.info({ bot: me.bot_id ?? '' })).bot?.user_id).toBe(me.user_id)
  expect((await client.team.info()).team?.id).toBe(me.team_id)
  expect((await client.users.list({})).members?.map((m) => m.name)).toContain('ann')
  expect((await refusal(() => client.users.info({ user: 'U0NOBODY' }))).error).toBe('user_not_found')
})

it('lists, joins and reads channels and threads, page by page', async () => {
  const { client } = bolt.app
  const channel = slack.channel('far').id
  expect((await client.conversations.info({ channel })).channel?.is_member).toBe(false)
  await client.conversations.join({ channel })
  expect((await client.conversations.members({ channel })).members).toContain(slack.world.app.userId)
  const pages = []
  for await (const page of client.paginate('conversations.list', { limit: 1 })) pages.push(page)
  expect(pages).toMatchObject([{ channels: [{ name: 'drafts' }] }, { channels: [{ name: 'far' }] }])
  const root = await client.chat.postMessage({ channel, text: 'root' })
  await client.chat.postMessage({ channel, text: 'reply', thread_ts: root.ts ?? '' })
  await client.chat.delete({ channel, ts: root.ts ?? '' })
  const { messages = [] } = await client.conversations.replies({ channel, ts: root.ts ?? '' })
  expect(messages).toMatchObject([{ subtype: 'tombstone' }, { text: 'reply' }])
  expect((await client.conversations.history({ channel })).messages).toHaveLength(1)
  const { permalink } = await client.chat.getPermalink({ channel, message_ts: messages[1]?.ts ?? '' })
  expect(permalink).toContain(`thread_ts=${root.ts}`)
})

it('writes to one person: directly, or where nobody else sees it', async () => {
  const { client } = bolt.app
  const [ann, bob] = [slack.user('ann'), slack.user('bob')]
  const { channel } = await client.conversations.open({ users: ann.id })
  expect((await client.chat.postMessage({ channel: ann.id, text: 'psst' })).channel).toBe(channel?.id)
  const blocks = [
    {
      type: 'actions' as const,
      elements: [
        { ...deeper.elements[0], type: 'button' as const, action_id: 'gone', text: plain('Dismiss') },
      ],
    },
  ]
  await client.chat.postEphemeral({
    channel: slack.channel('drafts').id,
    user: ann.id,
    text: 'only you',
    blocks,
  })
  const [notice] = ann.ephemerals()
  if (notice === undefined) throw new Error('nothing arrived')
  expect(bob.ephemerals()).toEqual([])
  expect(() => bob.press(notice, 'Dismiss')).toThrow(/does not see/)
  ann.press(notice, 'Dismiss')
  await slack.until(() => ann.ephemerals().length === 0, 'the notice to go')
})

it('stacks three forms and no more, and closes them', async () => {
  const ann = slack.user('ann')
  const command = ann.command('/draft')
  const view = { ...modal({ blocks: [deeper] }), callback_id: 'first' }
  await bolt.app.client.apiCall('views.open', { trigger_id: command.triggerId, view })
  const first = await command.view()
  const second = await ann.press(first, 'Deeper').view()
  const third = await ann.press(second, 'Deeper').view()
  expect([third.rootId, third.previousId]).toEqual([first.id, second.id])
  expect(() => ann.submit(first)).toThrow(/lies over/)
  ann.press(third, 'Deeper')
  await slack.until(() => slack.callsTo('views.push').some((c) => c.error === 'push_limit_reached'))
  ann.close(third)
  expect(ann.form()).toBe(second)
})

it('deletes files, and with them messages that were nothing else', async () => {
  const { client } = bolt.app
  const channel_id = slack.channel('drafts').id
  await client.filesUploadV2({ channel_id, file: Buffer.from('words'), filename: 'a.txt' })
  const message = slack.messages('drafts').at(-1)
  const file = message?.files[0]
  expect(file?.mimetype).toBe('text/plain')
  const page = await fetch(file?.urlPrivate ?? '', { headers: { authorization: `Bearer ${slack.botToken}` } })
  expect(await page.text()).toBe('words')
  await client.files.delete({ file: file?.id ?? '' })
  expect(message?.deleted).toBe(true)
})

it('takes a reaction once, where the bot is and may', async () => {
  const { client } = bolt.app
  const ann = slack.user('ann')
  const { channel, ts } = ann.say('hello')
  const react = (name: string, timestamp = ts, where = channel) =>
    refusal(() => client.reactions.add({ channel: where, timestamp, name }))
  await client.reactions.add({ channel, timestamp: ts, name: 'memo' })
  expect(await react('memo')).toMatchObject({ error: 'already_reacted' })
  expect(await react('no_such_emoji')).toMatchObject({ error: 'invalid_name' })
  expect(await react('bulb', '1700000000.000001')).toMatchObject({ error: 'message_not_found' })
  slack.removeBot('far')
  const far = ann.say('hello', { channel: 'far' })
  expect(await react('bulb', far.ts, far.channel)).toMatchObject({ error: 'not_in_channel' })
})
