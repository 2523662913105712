import { describe, expect, it } from 'vitest'
import { againstTypes } from './slack/slack-types.ts'

const text = { type: 'mrkdwn', text: 'x' }
const input = {
  type: 'input',
  block_id: 'b',
  label: { type: 'plain_text', text: 'l' },
  element: { type: 'plain_text_input', action_id: 'a', multiline: true },
}

describe("what @slack/types' own declarations take and refuse", () => {
  it.each([
    ['a section', { type: 'section', text }],
    [
      'a button',
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'x' } }] },
    ],
    ['an uploaded image', { type: 'image', slack_file: { id: 'F0123456789' }, alt_text: 'a' }],
    ['an input', input],
  ])('takes %s', (_, block) => {
    expect(againstTypes('KnownBlock', block, '/blocks/0')).toEqual([])
  })

  it.each([
    ['a block that does not exist', { type: 'table_of_contents', text }],
    ['a field that does not exist', { type: 'section', text, colour: 'red' }],
    ['a wrong type of text', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    ['a missing field', { type: 'image', slack_file: { id: 'F0123456789' } }],
    [
      'a style that does not exist',
      {
        type: 'actions',
        elements: [{ type: 'button', style: 'success', text: { type: 'plain_text', text: 'x' } }],
      },
    ],
    ['a number for a word', { type: 'section', text: { type: 'mrkdwn', text: 3 } }],
  ])('refuses %s, and says where', (_, block) => {
    expect(againstTypes('KnownBlock', block, '/blocks/0')).toEqual([
      expect.stringMatching(/^\[ERROR\] not of the type KnownBlock: .+ \[json-pointer:\/blocks\/0/),
    ])
  })

  it('knows views as well', () => {
    const modal = { type: 'modal', title: { type: 'plain_text', text: 't' }, blocks: [input] }
    expect(againstTypes('ModalView', modal, '/view')).toEqual([])
    expect(againstTypes('ModalView', { ...modal, width: 3 }, '/view')).toHaveLength(1)
    expect(againstTypes('HomeView', { type: 'home', blocks: [] }, '/view')).toEqual([])
  })
})
