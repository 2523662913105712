import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoltApp, startBolt } from './slack/bolt-app.ts'
import { LIMITS, type Slack, startSlack } from './slack/index.ts'
import { list, modal, refusal, text } from './slack/samples.ts'

let slack: Slack
let bolt: BoltApp
let drafts = ''
beforeAll(async () => {
  slack = await startSlack()
  bolt = await startBolt(slack, (app) => {
    app.command('/draft', async ({ ack }) => void (await ack()))
  })
  drafts = slack.channel().id
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

const button = (fields: object = {}) => ({ type: 'button', text: text(5), ...fields })
const choice = (index: number) => ({ text: text(5), value: String(index) })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const input = (element: object) => ({ type: 'input', label: text(5), element })

describe('what the blocks of a message may be', () => {
  it.each([
    [
      'section text',
      { type: 'section', text: text(3001, 'mrkdwn') },
      'must be less than 3001 characters',
      '/blocks/0/text/text',
    ],
    [
      'empty text',
      { type: 'section', text: text(0, 'mrkdwn') },
      'must be more than 0 characters',
      '/blocks/0/text/text',
    ],
    ['section without text', { type: 'section' }, 'one of text and fields', '/blocks/0'],
    [
      'fields',
      { type: 'section', fields: list(11, () => text(1)) },
      'no more than 10 items',
      '/blocks/0/fields',
    ],
    ['field text', { type: 'section', fields: [text(2001)] }, 'less than 2001', '/blocks/0/fields/0/text'],
    ['header', { type: 'header', text: text(151) }, 'less than 151', '/blocks/0/text/text'],
    ['mrkdwn header', { type: 'header', text: text(5, 'mrkdwn') }, '', '/blocks/0/text/type'],
    ['unknown key', { type: 'divider', colour: 'red' }, 'additional property: colour', '/blocks/0'],
    ['unknown type', { type: 'carpet' }, 'failed to match', '/blocks/0'],
    [
      'missing alt',
      { type: 'image', image_url: 'https://example.com/a.png' },
      'missing required field: alt_text',
      '/blocks/0/alt_text',
    ],
    [
      'unreachable image',
      { type: 'image', alt_text: 'a', image_url: 'http://127.0.0.1/a.png' },
      'downloading image failed',
      '/blocks/0/image_url',
    ],
    [
      'unknown file',
      { type: 'image', alt_text: 'a', slack_file: { id: 'F0123456789' } },
      'invalid slack file',
      '/blocks/0/slack_file',
    ],
    [
      'context',
      { type: 'context', elements: list(11, () => text(1)) },
      'no more than 10',
      '/blocks/0/elements',
    ],
    ['actions', actions(...list(26, () => button())), 'no more than 25', '/blocks/0/elements'],
    ['button text', actions(button({ text: text(76) })), 'less than 76', '/blocks/0/elements/0/text/text'],
    [
      'button value',
      actions(button({ value: 'x'.repeat(2001) })),
      'less than 2001',
      '/blocks/0/elements/0/value',
    ],
    [
      'action id',
      actions(button({ action_id: 'x'.repeat(256) })),
      'less than 256',
      '/blocks/0/elements/0/action_id',
    ],
    [
      'same action id',
      actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
      'already exists',
      '/blocks/0/elements',
    ],
    [
      'overflow',
      actions({ type: 'overflow', options: list(6, choice) }),
      'no more than 5',
      '/blocks/0/elements/0/options',
    ],
    [
      'options',
      actions({ type: 'static_select', options: list(101, choice) }),
      'no more than 100',
      '/blocks/0/elements/0/options',
    ],
    [
      'option text',
      actions({ type: 'static_select', options: [{ text: text(76), value: 'v' }] }),
      'less than 76',
      '/blocks/0/elements/0/options/0/text/text',
    ],
    [
      'option value',
      actions({ type: 'static_select', options: [{ text: text(1), value: 'v'.repeat(151) }] }),
      'less than 151',
      '/blocks/0/elements/0/options/0/value',
    ],
    [
      'foreign initial option',
      actions({ type: 'static_select', options: [choice(1)], initial_option: choice(2) }),
      'must be one of',
      '/blocks/0/elements/0',
    ],
    [
      'text input in actions',
      actions({ type: 'plain_text_input' }),
      'failed to match',
      '/blocks/0/elements/0',
    ],
    [
      'radio',
      actions({ type: 'radio_buttons', options: list(11, choice) }),
      'no more than 10',
      '/blocks/0/elements/0/options',
    ],
  ])('%s', async (_name, block, sentence, pointer) => {
    const { error, response_metadata } = await refusal(() => post({ blocks: [block] }))
    expect(error).toBe('invalid_blocks')
    const messages: string[] = Object(response_metadata).messages
    expect(messages[0]).toContain(sentence)
    expect(messages[0]).toContain(`[json-pointer:${pointer}`)
  })

  it('counts blocks, their characters and their ids together', async () => {
    expect((await refusal(() => post({ blocks: list(51, () => ({ type: 'divider' })) }))).error).toBe(
      'invalid_blocks',
    )
    const long = list(5, () => ({ type: 'section', text: text(2900, 'mrkdwn') }))
    expect((await refusal(() => post({ blocks: long }))).error).toBe('msg_blocks_too_long')
    const same = list(2, () => ({ type: 'divider', block_id: 'same' }))
    expect((await refusal(() => post({ blocks: same }))).error).toBe('invalid_blocks')
    expect((await refusal(() => post({ blocks: '{broken' }))).error).toBe('invalid_blocks_format')
  })

  it('lets everything through that is exactly at its limit', async () => {
    const select = { type: 'static_select', options: list(100, choice), placeholder: text(150) }
    await post({ text: 'x'.repeat(LIMITS.postedText.max) })
    await post({
      blocks: [{ type: 'section', text: text(3000, 'mrkdwn'), accessory: button({ text: text(75) }) }],
    })
    await post({ blocks: list(50, () => ({ type: 'divider' })) })
    await post({ blocks: [actions(...list(25, (i) => button({ action_id: `a${i}`, value: 'v' })))] })
    await post({ blocks: [actions(select, { type: 'overflow', options: list(5, choice) })] })
  })
})

describe('what a modal may be', () => {
  it.each([
    ['title', modal({ title: text(25) }), 'less than 25'],
    ['submit', modal({ submit: text(25) }), 'less than 25'],
    ['metadata', modal({ private_metadata: 'x'.repeat(3001) }), 'less than 3001'],
    ['callback id', modal({ callback_id: 'x'.repeat(256) }), 'less than 256'],
    ['blocks', modal({ blocks: list(101, () => ({ type: 'divider' })) }), 'no more than 100'],
    [
      'input without submit',
      { ...modal({ blocks: [input({ type: 'plain_text_input' })] }), submit: undefined },
      'submit',
    ],
    [
      'label',
      modal({ blocks: [{ ...input({ type: 'plain_text_input' }), label: text(2001) }] }),
      'less than 2001',
    ],
    [
      'placeholder',
      modal({ blocks: [input({ type: 'plain_text_input', placeholder: text(151) })] }),
      'less than 151',
    ],
    [
      'initial value',
      modal({ blocks: [input({ type: 'plain_text_input', initial_value: 'x'.repeat(3001) })] }),
      'less than 3001',
    ],
    [
      'initial value of its own limit',
      modal({ blocks: [input({ type: 'plain_text_input', initial_value: 'xxx', max_length: 2 })] }),
      'longer than max_length',
    ],
    [
      'number range',
      modal({
        blocks: [input({ type: 'number_input', is_decimal_allowed: true, min_value: '5', max_value: '1' })],
      }),
      'min_value',
    ],
    ['button as input', modal({ blocks: [input(button())] }), 'failed to match'],
    ['markdown', modal({ blocks: [{ type: 'markdown', text: 'x' }] }), 'failed to match'],
  ])('%s', async (_name, view, sentence) => {
    const trigger_id = await trigger()
    const { error, response_metadata } = await refusal(() => call('views.open', { trigger_id, view }))
    expect(error).toBe('invalid_arguments')
    expect(Object(response_metadata).messages.join()).toContain(sentence)
  })
})
