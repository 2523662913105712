import type { App, BlockAction, ButtonAction, OverflowAction, StaticSelectAction } from '@slack/bolt'
import { afterEach, describe, expect, it } from 'vitest'
import { type BoltApp, type BoltOptions, startBolt } from './slack/bolt-app.ts'
import { type Slack, type SlackOptions, startSlack } from './slack/index.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function start(
  register: (app: App) => void,
  options: SlackOptions = {},
  boltOptions: BoltOptions = {},
): Promise<{ slack: Slack; bolt: BoltApp }> {
  const slack = await startSlack(options)
  open.push(slack)
  const bolt = await startBolt(slack, register, boltOptions)
  open.push({ close: bolt.stop })
  return { slack, bolt }
}

const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } })
const button = (text: string, action_id: string, value = '') => ({
  type: 'button' as const,
  action_id,
  value,
  text: { type: 'plain_text' as const, text },
})
const option = (text: string, value: string) => ({ text: { type: 'plain_text' as const, text }, value })
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

function form(title = 'Edit') {
  return {
    type: 'modal' as const,
    callback_id: 'edit',
    private_metadata: 'segment 3',
    title: { type: 'plain_text' as const, text: title },
    submit: { type: 'plain_text' as const, text: 'Save' },
    blocks: [
      {
        type: 'input' as const,
        block_id: 'narration',
        label: { type: 'plain_text' as const, text: 'Narration' },
        element: {
          type: 'plain_text_input' as const,
          action_id: 'value',
          initial_value: 'As it was',
          max_length: 20,
        },
      },
      {
        type: 'input' as const,
        block_id: 'duration',
        optional: true,
        label: { type: 'plain_text' as const, text: 'Duration' },
        element: {
          type: 'number_input' as const,
          action_id: 'value',
          is_decimal_allowed: true,
          min_value: '1',
          max_value: '60',
        },
      },
    ],
  }
}

for (const http of [false, true]) {
  describe(http ? 'Bolt over signed HTTP' : 'Bolt over Socket Mode', () => {
    it('acknowledges a command and answers in private', async () => {
      const { slack } = await start(
        (app) => {
          app.command('/draft', async ({ ack, command, respond }) => {
            await ack(`heard ${command.text} in ${command.channel_name}`)
            await respond({ text: 'and later' })
          })
        },
        {},
        { http },
      )
      const ann = slack.user('ann')
      const interaction = ann.command('/draft create “고래 & whales” format:shorts')
      expect((await interaction.reply()).text).toBe('heard create “고래 & whales” format:shorts in drafts')
      await slack.until(() => ann.ephemerals().some((m) => m.text === 'and later'))
      expect((await interaction.acknowledged()).late).toBe(false)
      expect(slack.messages()).toEqual([])
      expect(slack.user('bob').ephemerals()).toEqual([])
      expect(slack.problems).toEqual([])
    })

    it('takes a form round trip: opened, refused under a field, updated, saved', async () => {
      const received: unknown[] = []
      const { slack } = await start(
        (app) => {
          app.command('/draft', async ({ ack, body, client }) => {
            await ack()
            await client.views.open({ trigger_id: body.trigger_id, view: form() })
          })
          app.view('edit', async ({ ack, view }) => {
            const typed = view.state.values.narration?.value?.value
            received.push([typed, view.state.values.duration?.value?.value, view.private_metadata])
            if (typed === 'bad') await ack({ response_action: 'errors', errors: { narration: 'No.' } })
            else if (typed === 'again') await ack({ response_action: 'update', view: form('Again') })
            else await ack()
          })
        },
        {},
        { http },
      )
      const ann = slack.user('ann')
      const view = await ann.command('/draft').view()
      expect(slack.shown(view)).toContain('Narration')
      expect(() => ann.submit(view, { Narration: 'x'.repeat(21) })).toThrow(/At most 20/)
      expect(() => ann.submit(view, { Narration: 'ok', Duration: 61 })).toThrow(/1 to 60/)
      expect(() => ann.submit(view, { Narration: '' })).toThrow(/required/)
      expect(await ann.submit(view, { narration: 'bad', Duration: 2.5 }).errors()).toEqual({
        narration: 'No.',
      })
      expect(view.open).toBe(true)
      // Typed text is kept, even when the view is updated.
      expect((await ann.submit(view, { Narration: 'again' }).view()).payload.title.text).toBe('Again')
      await ann.submit(view, {}).view()
      const last = ann.submit(view, { Narration: 'good' })
      await last.acknowledged()
      expect(view.open).toBe(false)
      expect(ann.form()).toBeUndefined()
      expect(received).toEqual([
        ['bad', '2.5', 'segment 3'],
        ['again', '2.5', 'segment 3'],
        ['again', '2.5', 'segment 3'],
        ['good', '2.5', 'segment 3'],
      ])
      expect(slack.problems).toEqual([])
    })

    it('presses buttons, picks from menus and sees updates of the same message', async () => {
      const { slack, bolt } = await start(
        (app) => {
          app.action<BlockAction<ButtonAction>>('edit', async ({ ack, action, body, client, respond }) => {
            await ack()
            const channel = body.channel?.id ?? ''
            await client.chat.update({ channel, ts: body.message?.ts ?? '', text: `pressed ${action.value}` })
            await respond({ text: 'only you', response_type: 'ephemeral', replace_original: false })
          })
          app.action<BlockAction<OverflowAction | StaticSelectAction>>(
            /^(more|choose)$/,
            async ({ ack, action, say }) => {
              await ack()
              await say(`${action.action_id} ${action.selected_option.value}`)
            },
          )
        },
        {},
        { http },
      )
      const [ann, channel] = [slack.user('ann'), slack.channel()]
      await bolt.app.client.chat.postMessage({
        channel: channel.id,
        text: 'fallback',
        blocks: [
          section('*Draft*'),
          {
            type: 'actions',
            elements: [
              button('Edit', 'edit', '7'),
              {
                type: 'overflow',
                action_id: 'more',
                options: [option('Split', 'split'), option('Up', 'up')],
              },
              {
                type: 'static_select',
                action_id: 'choose',
                options: [option('First', '1'), option('Second', '2')],
              },
            ],
          },
        ],
      })
      const [message] = slack.messages()
      if (message === undefined) throw new Error('nothing was posted')
      expect(() => ann.press(message, 'Delete')).toThrow(/Edit \(edit\)/)
      expect(() => ann.pick(message, 'choose', 'Third')).toThrow(/not offered/)
      ann.pick(message, 'More', 'Split')
      ann.pick(message, 'choose', '2')
      await slack.until(() => slack.messages().length === 3)
      expect(
        slack
          .messages()
          .map((m) => m.text)
          .sort(),
      ).toEqual(['choose 2', 'fallback', 'more split'])
      const pressed = ann.press(message, 'Edit')
      expect((await pressed.reply()).text).toBe('only you')
      await slack.until(() => message.text === 'pressed 7')
      expect(message.blocks).toEqual([])
      expect(() => ann.press(message, 'Edit')).toThrow(/0 elements/)
      await ann.press(message, 'Edit', { stale: true }).acknowledged()
      expect(slack.problems).toEqual([])
    })
  })
}

describe('shortcuts, suggestions and events', () => {
  it('reaches the app with a message, a query and a mention', async () => {
    const heard: string[] = []
    const { slack } = await start((app) => {
      app.shortcut('make_draft', async ({ ack, shortcut, client }) => {
        await ack()
        if (shortcut.type !== 'message_action') return
        heard.push(shortcut.message.text ?? '')
        const element = { type: 'external_select' as const, action_id: 'draft', min_query_length: 1 }
        const label = { type: 'plain_text' as const, text: 'Draft' }
        const view = { ...form(), blocks: [{ type: 'input' as const, block_id: 'draft', label, element }] }
        await client.views.open({ trigger_id: shortcut.trigger_id, view })
      })
      app.options('draft', async ({ ack, options }) => {
        await ack({ options: [option(`Draft ${options.value}`, 'd1')] })
      })
      app.view('edit', async ({ ack, view }) => {
        heard.push(view.state.values.draft?.draft?.selected_option?.value ?? '')
        await ack()
      })
      app.event('app_mention', async ({ event }) => void heard.push(event.text))
    })
    const ann = slack.user('ann')
    const message = ann.say('A script, typed by hand')
    const view = await ann.shortcut('make_draft', message).view()
    await ann.search(view, 'Draft', 'wh').acknowledged()
    await ann.submit(view, { Draft: 'Draft wh' }).acknowledged()
    ann.say(`<@${slack.world.app.userId}> hello`)
    await slack.until(() => heard.length === 3)
    expect(heard).toEqual(['A script, typed by hand', 'd1', `<@${slack.world.app.userId}> hello`])
    expect(slack.problems).toEqual([])
  })
})

describe('files', () => {
  it('become usable only after the third step', async () => {
    const { slack, bolt } = await start(() => undefined)
    const channel = slack.channel().id
    const { client } = bolt.app
    const { upload_url, file_id } = await client.files.getUploadURLExternal({
      filename: 'a.png',
      length: PNG.length,
    })
    const image = { type: 'image' as const, alt_text: 'a', slack_file: { id: file_id ?? '' } }
    const posting = () => client.chat.postMessage({ channel, text: 'x', blocks: [image] })
    await expect(posting()).rejects.toThrow(/invalid_blocks/)
    expect((await fetch(upload_url ?? '', { method: 'POST', body: PNG })).status).toBe(200)
    await expect(posting()).rejects.toThrow(/invalid_blocks/)
    await client.files.completeUploadExternal({ files: [{ id: file_id ?? '', title: 'A' }] })
    await posting()
    expect(slack.messages()).toHaveLength(1)
    expect(slack.messages()[0]?.files).toEqual([])
  })

  it('are uploaded into a thread by filesUploadV2', async () => {
    const { slack, bolt } = await start(() => undefined)
    const channel_id = slack.channel().id
    const root = await bolt.app.client.chat.postMessage({ channel: channel_id, text: 'root' })
    await bolt.app.client.filesUploadV2({
      channel_id,
      thread_ts: root.ts ?? '',
      initial_comment: 'Clip of segment 3',
      file: Buffer.from('....ftypisom and a video'),
      filename: 'clip.mp4',
    })
    const [message] = slack.messages()
    if (message === undefined) throw new Error('nothing was posted')
    const [clip] = slack.thread(message)
    expect(clip).toMatchObject({
      text: 'Clip of segment 3',
      files: [{ name: 'clip.mp4', mimetype: 'video/mp4' }],
    })
    expect(clip?.files[0]?.bytes?.toString()).toBe('....ftypisom and a video')
    const info = await bolt.app.client.files.info({ file: clip?.files[0]?.id ?? '' })
    expect(Object.values(info.file?.shares?.public ?? {})[0]?.[0]?.ts).toBe(clip?.ts)
  })
})
