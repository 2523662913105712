import { describe, expect, it } from 'vitest'
import { fallbackText, toBlocks } from '../../../../src/bot/surfaces/slack/message.ts'
import type { Block, MessageView } from '../../../../src/bot/view/types.ts'
import { pings, shown } from '../../../servers/slack/mrkdwn.ts'
import { blocksAreTooLong, checkBlocks } from '../../../servers/slack/validate.ts'
import { createWorld, DEFAULTS } from '../../../servers/slack/world.ts'

const world = createWorld(DEFAULTS, { name: 'Studio' })
const view = (...blocks: Block[]): MessageView => ({ summary: 'Summary', tone: 'neutral', blocks })
const IMAGES = { 'previews/a.jpg': 'F0123456789' }

/** The blocks of a view, validated as Slack does. */
function accepted(given: MessageView, mark?: string) {
  const blocks = toBlocks(given, IMAGES, mark)
  const checked = checkBlocks(blocks, ({ id }) => id === IMAGES['previews/a.jpg'])
  expect(checked.complaints).toBeUndefined()
  expect(blocksAreTooLong(checked.value ?? [])).toBe(false)
  return { blocks, checked: checked.value ?? [], text: shown(world, { blocks: checked.value ?? [] }) }
}

const NASTY = '*bold* _it_ ~no~ `code` <!channel> <@U123> & <https://a.b|x> :smile:\n> quote'

describe('messages for Slack', () => {
  it('shows every kind of block', () => {
    const { blocks, text } = accepted(
      view(
        { type: 'heading', text: 'Tea' },
        { type: 'text', text: [{ bold: 'Ready' }, ' · 12 s'] },
        { type: 'note', text: 'started by Ann' },
        { type: 'quote', text: 'One.\nTwo.' },
        {
          type: 'files',
          files: [
            { path: 'previews/a.jpg', name: 'a.jpg', kind: 'image', alt: 'A cup' },
            { path: 'previews/unknown.jpg', name: 'b.jpg', kind: 'image', alt: 'B' },
          ],
        },
        { type: 'progress', fraction: 0.42, label: 'rendering' },
        { type: 'divider' },
        {
          type: 'buttons',
          buttons: [
            { action: 'render:d', label: 'Render', style: 'success' },
            { action: 'undo:d', label: 'Undo', disabled: true },
            { action: 'delete:d', label: 'Delete', style: 'danger' },
          ],
        },
        {
          type: 'menu',
          menu: { id: 'more', label: 'More…', items: [{ action: 'split:d', label: 'Split' }], whole: 'all' },
        },
        {
          type: 'select',
          select: {
            action: 'pick:d',
            label: 'Choose one',
            options: [
              { value: 'a', label: 'A', description: 'first' },
              { value: 'b', label: 'B', selected: true },
            ],
          },
        },
      ),
      'mark',
    )
    expect(blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'context',
      'section',
      'image',
      'task_card',
      'divider',
      'actions',
      'actions',
    ])
    expect(blocks[0]?.block_id).toBe('mark')
    expect(text).toContain('> One.\n> Two.')
    expect(text).toContain('(in_progress) rendering · 42%')
    expect(text).not.toContain('Undo')
    expect(blocks.at(-2)).toMatchObject({
      elements: [
        { action_id: 'render:d', style: 'primary' },
        { action_id: 'delete:d', style: 'danger' },
        { type: 'overflow', action_id: 'menu:more', options: [{ value: 'split:d' }] },
      ],
    })
    expect(blocks.at(-1)).toMatchObject({ elements: [{ initial_option: { value: 'b' } }] })
  })

  it('shows what people typed as they typed it, and pings nobody', () => {
    const given = view(
      { type: 'heading', text: NASTY },
      { type: 'text', text: NASTY },
      { type: 'text', text: [{ bold: 'Keyword' }, `: ${NASTY}`] },
      { type: 'note', text: ['by ', NASTY] },
      { type: 'note', text: [{ link: 'https://ok.example', label: NASTY }] },
      { type: 'quote', text: NASTY },
      { type: 'buttons', buttons: [{ action: 'a', label: NASTY }] },
    )
    const { checked, text } = accepted({ ...given, summary: NASTY })
    const message = { text: fallbackText({ ...given, summary: NASTY }), mrkdwn: true, blocks: checked }
    expect(pings(message)).toEqual([])
    const everywhere = text.split(NASTY).length - 1
    // The heading and the button have one line.
    expect(everywhere).toBe(5)
    expect(text).toContain(NASTY.replace('\n', ' '))
    expect(JSON.stringify(checked)).not.toMatch(/"mrkdwn"[^}]*\*bold\*/)
  })

  it('shortens visibly what is too long, down to a message that fits', () => {
    const long = '가나다라 마바사 '.repeat(800)
    const blocks = Array.from({ length: 12 }, (): Block => ({ type: 'quote', text: long }))
    const { text } = accepted(view({ type: 'heading', text: long }, ...blocks, { type: 'text', text: long }))
    expect(text.split('\n').every((line) => line.length < 1500 && line.includes('…'))).toBe(true)
    accepted(
      view({ type: 'text', text: [{ bold: 'x' }, ` ${long}`] }, { type: 'note', text: [{ italic: long }] }),
    )
  })

  it('keeps the buttons when there are too many blocks', () => {
    const many = Array.from({ length: 80 }, (_, index): Block => ({ type: 'text', text: `line ${index}` }))
    const { blocks, text } = accepted(
      view(...many, { type: 'buttons', buttons: [{ action: 'a', label: 'Go' }] }),
    )
    expect(blocks).toHaveLength(50)
    expect(text).toMatch(/…[\s\S]*\[Go\]$/)
  })

  it('keeps within the limits of controls', () => {
    const label = 'very long words '.repeat(20)
    const { blocks } = accepted(
      view(
        { type: 'buttons', buttons: [{ action: 'a', label }] },
        {
          type: 'select',
          select: {
            action: 's',
            label,
            options: Array.from({ length: 150 }, (_, i) => ({ value: `${i}`, label, description: label })),
          },
        },
        {
          type: 'menu',
          menu: {
            id: 'm',
            label,
            items: Array.from({ length: 7 }, (_, i) => ({ action: `act:${i}`, label })),
            whole: 'all',
          },
        },
      ),
    )
    const menus = blocks.at(-1)
    expect(
      menus?.type === 'actions' && menus.elements.map((each) => 'options' in each && each.options?.length),
    ).toEqual([5])
  })

  it.each([
    [0, []],
    [1, ['0']],
    [5, ['0', '1', '2', '3', '4']],
    [6, ['0', '1', '2', '3', 'More']],
    [30, ['0', '1', '2', '3', 'More']],
  ])(
    'shows %i items of a menu in one, the last of which leads to those that it has no room for',
    (count, expected) => {
      const items = Array.from({ length: count }, (_, i) => ({ action: `act:${i}`, label: `${i}` }))
      const menu = { id: 'm', label: 'More', items, whole: 'all:d' }
      const { blocks } = accepted(view({ type: 'menu', menu }))
      const elements = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
      expect(elements.length).toBe(Math.min(count, 1))
      const options = elements.flatMap((each) => (each.type === 'overflow' ? each.options : []))
      expect(options.map(({ text }) => text.text)).toEqual(expected)
      expect(options.map(({ value }) => value)).toEqual(
        expected.map((label) => (label === 'More' ? 'all:d' : `act:${label}`)),
      )
    },
  )

  it("shows a long draft's segment as two lines with a picture beside them", () => {
    const thumbnail = { path: 'previews/a.jpg', name: 'a.jpg', kind: 'image' as const, alt: 'A cup' }
    const text = [{ bold: '3' }, ' · Tea']
    const item = { type: 'item' as const, text, note: '4 s', thumbnail }
    const { blocks } = accepted(view(item))
    expect(blocks).toEqual([
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*3* · Tea\n4 s', verbatim: true },
        accessory: { type: 'image', slack_file: { id: 'F0123456789' }, alt_text: 'A cup' },
      },
    ])
    const nasty = accepted(view({ ...item, text: [{ bold: '3' }, ` · ${NASTY}`] }))
    expect(nasty.text).toContain(NASTY)
    expect(nasty.blocks).toHaveLength(1)
    // Without a picture uploaded to Slack, and without a second line.
    const bare = accepted(view({ ...item, note: '', thumbnail: { ...thumbnail, path: 'previews/none.jpg' } }))
    expect(bare.text).toBe('*3* · Tea')
  })

  it('shows progress as a bar where there are no cards for tasks', () => {
    const progress = view({ type: 'progress', fraction: 1, label: 'rendering' })
    expect(toBlocks(progress)).toEqual([
      { type: 'task_card', task_id: 'progress', title: 'rendering · 100%', status: 'complete' },
    ])
    const [bar] = toBlocks(progress, {}, undefined, false)
    expect(bar).toMatchObject({ type: 'section', text: { text: 'rendering\n▰▰▰▰▰▰▰▰▰▰▰▰ 100%' } })
  })

  it('has a message even for a view without blocks, or with empty ones', () => {
    expect(accepted(view()).text).toBe('Summary')
    expect(
      accepted(
        view(
          { type: 'text', text: '' },
          { type: 'note', text: [] },
          { type: 'quote', text: ' ' },
          { type: 'buttons', buttons: [] },
        ),
      ).text,
    ).toBe('Summary')
    expect(accepted({ summary: '', tone: 'neutral', blocks: [] }).text).toBe('…')
  })
})
