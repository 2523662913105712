import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoltApp, startBolt } from './slack/bolt-app.ts'
import { type Slack, startSlack } from './slack/index.ts'
import { list, modal, refusal, text } from './slack/samples.ts'

let slack: Slack
let bolt: BoltApp
let drafts = ''
beforeAll(async () => {
  const channels = [
    'drafts',
    { name: 'secret', kind: 'private' as const, bot: false },
    { name: 'far', bot: false },
  ]
  slack = await startSlack({ channels })
  bolt = await startBolt(slack, (app) => {
    app.command('/draft', async ({ ack }) => void (await ack()))
  })
  drafts = slack.channel('drafts').id
})
afterAll(async () => {
  await bolt.stop()
  await slack.close()
})

const call = async (method: string, args: object = {}): Promise<Record<string, unknown>> => ({
  ...(await bolt.app.client.apiCall(method, { ...args })),
})
const post = (args: Record<string, unknown>) =>
  call('chat.postMessage', { channel: drafts, text: 'x', ...args })
const trigger = async () => {
  const interaction = slack.user('ann').command('/draft')
  await interaction.acknowledged()
  return interaction.triggerId
}

describe('what Slack refuses', () => {
  it('without a proper token', async () => {
    expect((await refusal(() => call('auth.test', { token: 'xoxb-wrong' }))).error).toBe('invalid_auth')
    expect((await refusal(() => call('auth.test', { token: slack.appToken }))).error).toBe(
      'not_allowed_token_type',
    )
    expect((await refusal(() => call('chat.unknown'))).error).toBe('unknown_method')
    const bare = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' })
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' })
  })

  it('without a scope, and says which', async () => {
    const before = [...(slack.world.tokens.get(slack.botToken)?.scopes ?? [])]
    slack.withoutScope('chat:write', 'channels:history', 'chat:write.public')
    expect(await refusal(() => post({}))).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: expect.stringContaining('commands'),
    })
    expect(await refusal(() => call('conversations.history', { channel: drafts }))).toMatchObject({
      needed: 'channels:history',
    })
    slack.setScopes([...before.filter((s) => s !== 'chat:write.public')])
    expect((await refusal(() => post({ channel: slack.channel('far').id }))).error).toBe('not_in_channel')
    slack.setScopes(before)
    await post({ channel: slack.channel('far').id })
  })

  it('in channels that are not there, not visible or left', async () => {
    expect((await refusal(() => post({ channel: 'C0NOWHERE' }))).error).toBe('channel_not_found')
    expect((await refusal(() => post({ channel: slack.channel('secret').id }))).error).toBe(
      'channel_not_found',
    )
    const far = slack.channel('far').id
    const history = () => call('conversations.history', { channel: far })
    expect((await refusal(history)).error).toBe('not_in_channel')
    slack.inviteBot('far')
    await history()
    slack.removeBot('far')
    expect((await refusal(history)).error).toBe('not_in_channel')
  })

  it('for messages that are gone, of others or too long', async () => {
    const theirs = slack.user('ann').say('mine')
    const own = await post({})
    const update = (args: object) => call('chat.update', { channel: drafts, ts: own.ts, text: 'x', ...args })
    expect((await refusal(() => update({ ts: '1700000000.000001' }))).error).toBe('message_not_found')
    expect((await refusal(() => update({ ts: theirs.ts }))).error).toBe('cant_update_message')
    expect((await refusal(() => update({ text: 'x'.repeat(4001) }))).error).toBe('msg_too_long')
    expect((await refusal(() => post({ text: 'x'.repeat(40_001) }))).error).toBe('msg_too_long')
    expect((await refusal(() => post({ text: '' }))).error).toBe('no_text')
    expect((await refusal(() => post({ thread_ts: '1700000000.000001' }))).error).toBe('thread_not_found')
    await call('chat.delete', { channel: drafts, ts: own.ts })
    expect((await refusal(() => update({}))).error).toBe('message_not_found')
    expect((await refusal(() => call('chat.delete', { channel: drafts, ts: own.ts }))).error).toBe(
      'message_not_found',
    )
    const reply = () => post({ thread_ts: own.ts })
    expect((await refusal(reply)).error).toBe('thread_not_found')
  })

  it('with triggers that are spent, old or made up', async () => {
    const open = (trigger_id: string) => call('views.open', { trigger_id, view: modal() })
    const good = await trigger()
    const view: { id?: string; hash?: string } = Object((await open(good)).view)
    expect((await refusal(() => open(good))).error).toBe('exchanged_trigger_id')
    expect((await refusal(() => open('1.2.3'))).error).toBe('invalid_trigger_id')
    const late = await trigger()
    slack.expireTriggers()
    expect((await refusal(() => open(late))).error).toBe('expired_trigger_id')
    const update = () => call('views.update', { view_id: view.id, hash: view.hash, view: modal() })
    await update()
    expect((await refusal(update)).error).toBe('hash_conflict')
    const huge = modal({ blocks: list(90, () => ({ type: 'section', text: text(2900, 'mrkdwn') })) })
    const spare = await trigger()
    expect((await refusal(() => call('views.open', { trigger_id: spare, view: huge }))).error).toBe(
      'view_too_large',
    )
  })

  it('for files of the wrong size or never completed', async () => {
    const ask = (length: number) => call('files.getUploadURLExternal', { filename: 'a.png', length })
    expect((await refusal(() => ask(0))).error).toBe('invalid_arguments')
    expect((await refusal(() => ask(2_000_000_000))).error).toBe('file_upload_size_restricted')
    const { upload_url, file_id } = await ask(10)
    expect((await fetch(String(upload_url), { method: 'POST', body: 'short' })).status).toBe(400)
    const complete = () => call('files.completeUploadExternal', { files: [{ id: file_id }] })
    expect((await refusal(complete)).error).toBe('file_not_found')
    expect((await refusal(() => call('files.info', { file: file_id }))).error).toBe('file_not_found')
  })
})

describe('what people see', () => {
  it('resolves markup, finds pings and links, and leaves escaped text alone', async () => {
    const ann = slack.user('ann')
    const markup = `<!channel> <@${ann.id}> <https://example.com/a?b&amp;c|a &lt;b&gt;> &lt;!here&gt; Tom &amp; Jerry`
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: markup } },
      { type: 'header', text: { type: 'plain_text', text: '<!here> & co' } },
    ]
    await post({ text: 'only a notice', blocks })
    const message = slack.messages().at(-1)
    if (message === undefined) throw new Error('nothing was posted')
    expect(slack.shown(message)).toBe('@channel @ann a <b> <!here> Tom & Jerry\n<!here> & co')
    expect(slack.pings(message)).toEqual(['<!channel>', `<@${ann.id}>`])
    expect(slack.links(message)).toEqual([{ url: 'https://example.com/a?b&c', label: 'a <b>' }])
  })
})
