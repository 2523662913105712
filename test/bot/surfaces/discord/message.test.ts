import { ComponentType } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { messagePayload } from '../../../../src/bot/surfaces/discord/message.ts'
import type { Block, MessageView } from '../../../../src/bot/view/types.ts'
import { formErrors } from '../../../servers/discord/checks/form-errors.ts'
import { checkMessage } from '../../../servers/discord/checks/message.ts'
import { openApi } from '../../../servers/discord/openapi.ts'

const view = (...blocks: Block[]): MessageView => ({ summary: 'A summary', tone: 'neutral', blocks })

/** The parts inside the container, after Discord's own checks. */
function partsOf(shown: MessageView, present: Record<string, string> = {}) {
  const { body, files } = messagePayload(shown, present)
  const errors = formErrors()
  checkMessage(
    errors,
    { ...body },
    { before: null, files: new Set(files.map(({ name }) => name)), uploads: [] },
  )
  errors.refuseIfAny()
  if (Object.keys(present).length === 0)
    expect(openApi().violations('POST', '/channels/{channel_id}/messages', body)).toEqual([])
  const [container] = body.components
  if (container?.type !== ComponentType.Container) throw new Error('There is no container.')
  return container.components
}

function textsOf(shown: MessageView): string[] {
  return partsOf(shown).flatMap((part) => (part.type === ComponentType.TextDisplay ? [part.content] : []))
}

const picture = (path: string, name = 'segment-1.jpg') => ({
  path,
  name,
  kind: 'image' as const,
  alt: 'A *bee*',
})

describe('a view as a message', () => {
  test('every kind of text has its own look, with the words as they were typed', () => {
    const at = new Date('2026-01-02T03:04:05Z')
    expect(
      textsOf(
        view(
          { type: 'heading', text: 'The *best*\ntitle' },
          { type: 'text', text: [{ bold: 'Bold_' }, ': ', { italic: ' soft ' }, { code: 'a_b' }] },
          {
            type: 'text',
            text: [
              { link: 'https://example.org/a(b)', label: 'A link, in 2 words' },
              ' ',
              { link: 'https://example.org', label: 'Top *10* [HD' },
              ' ',
              { time: at, as: 'relative' },
            ],
          },
          { type: 'note', text: 'one\ntwo' },
          { type: 'quote', text: '# not a heading\n> nor a quote' },
          { type: 'progress', fraction: 0.456, label: 'Rendering' },
        ),
      ),
    ).toEqual([
      '## The \\*best\\* title',
      '**Bold\\_**: *soft*`a_b`',
      `[A link, in 2 words](https://example.org/a%28b%29) Top \\*10\\* \\[HD [↗](https://example.org) <t:${at.getTime() / 1000}:R>`,
      '-# one\n-# two',
      '> \\# not a heading\n> \\> nor a quote',
      'Rendering\n▰▰▰▰▰▱▱▱▱▱▱▱ 45%',
    ])
  })

  test('the tone is the colour; nobody is pinged', () => {
    const colours = (['neutral', 'busy', 'good', 'bad'] as const).map((tone) => {
      const { body } = messagePayload({ ...view({ type: 'text', text: '@everyone <@1>' }), tone })
      expect(body.allowed_mentions).toEqual({ parse: [] })
      const [container] = body.components
      return container?.type === ComponentType.Container ? container.accent_color : null
    })
    expect(new Set(colours).size).toBe(4)
  })

  test('a long narration is shortened and nothing else, in any language', () => {
    for (const letter of ['a', '*', 'a\n', '가', '👩‍👩‍👧']) {
      const texts = textsOf(
        view(
          { type: 'heading', text: 'Segment 1' },
          { type: 'quote', text: letter.repeat(9000) },
          { type: 'text', text: 'Footage search: bees' },
        ),
      )
      expect(texts).toHaveLength(3)
      expect([texts[0], texts[2]]).toEqual(['## Segment 1', 'Footage search: bees'])
      expect(texts[1]?.endsWith('…')).toBe(true)
      // As much is shown as fits.
      expect(Buffer.byteLength(texts.join('')), letter).toBeGreaterThan(3500)
    }
  })

  test('two long texts side by side keep a like share', () => {
    const [theirs = '', yours = ''] = textsOf(
      view({ type: 'quote', text: 'x'.repeat(4000) }, { type: 'quote', text: 'y'.repeat(3000) }),
    )
    expect(Math.abs(theirs.length - yours.length)).toBeLessThan(5)
    expect(theirs.length + yours.length).toBeGreaterThan(3900)
  })

  test('where all texts are too long all are shortened', () => {
    const many = Array.from(
      { length: 12 },
      (): Block => ({ type: 'text', text: ['x'.repeat(300), { bold: 'y'.repeat(300) }] }),
    )
    const texts = textsOf(view({ type: 'quote', text: 'z'.repeat(500) }, ...many))
    expect(texts).toHaveLength(13)
    expect(texts.every((text) => text.endsWith('…'))).toBe(true)
  })

  test('more parts than Discord takes are put together', () => {
    const texts = Array.from({ length: 60 }, (_, index): Block => ({ type: 'text', text: `line ${index}` }))
    const parts = partsOf(view(...texts, { type: 'buttons', buttons: [{ action: 'a', label: 'A' }] }))
    expect(parts).toHaveLength(2)
    const buttons = Array.from({ length: 60 }, (_, index) => ({
      action: `act${index}`,
      label: 'x'.repeat(100),
    }))
    expect(partsOf(view({ type: 'buttons', buttons })).length).toBeGreaterThan(5)
    const pieces = Array.from({ length: 30 }, (_, n): Block[] => [
      { type: 'text', text: `line ${n}` },
      { type: 'divider' },
    ])
    const long = partsOf(view(...pieces.flat(), { type: 'buttons', buttons: [{ action: 'a', label: 'A' }] }))
    expect(long.at(-1)).toMatchObject({ type: ComponentType.ActionRow })
  })

  test('buttons go in rows of five, and one that is there already is left out', () => {
    const button = (action: string) => ({ action, label: action })
    const parts = partsOf(view({ type: 'buttons', buttons: ['a', 'b', 'c', 'd', 'e', 'f', 'a'].map(button) }))
    expect(parts.map((part) => (part.type === ComponentType.ActionRow ? part.components.length : 0))).toEqual(
      [5, 1],
    )
  })

  test('a menu of actions, a select of values, within their limits', () => {
    const many = Array.from({ length: 40 }, (_, index) => index)
    const long = 'w'.repeat(200)
    const [menu, select] = partsOf(
      view(
        {
          type: 'menu',
          menu: {
            id: 'more:1',
            label: long,
            items: many.map((n) => ({ action: `act:${n}`, label: long })),
            whole: 'all',
          },
        },
        {
          type: 'select',
          select: {
            action: 'pick:1',
            label: 'Choose',
            options: many.map((n) => ({
              value: String(n % 30),
              label: long,
              description: long,
              selected: n === 1,
            })),
          },
        },
        { type: 'menu', menu: { id: 'empty', label: 'Nothing', items: [], whole: 'all' } },
      ),
    ).flatMap((part) => (part.type === ComponentType.ActionRow ? part.components : []))
    expect(menu).toMatchObject({ custom_id: 'menu|more:1', options: { length: 25 } })
    expect(select).toMatchObject({ custom_id: 'pick:1', options: { length: 25 } })
    expect(JSON.stringify(select)).toContain(`"value":"1","label":"${'w'.repeat(99)}…"`)
  })

  test('a view without anything to show says what a notification would say', () => {
    expect(textsOf(view())).toEqual(['A summary'])
    expect(
      textsOf(view({ type: 'text', text: '  ' }, { type: 'note', text: '' }, { type: 'quote', text: '' })),
    ).toEqual(['A summary'])
  })

  test('new files come with the message, files that are there stay by their id', () => {
    const shown = view({ type: 'files', files: [picture('a/1.jpg'), picture('b/2.jpg'), picture('a/1.jpg')] })
    const sent = messagePayload(shown)
    expect(sent.body.attachments).toEqual([
      { id: '0', filename: 'segment-1.jpg', description: 'A *bee*' },
      { id: '1', filename: '2-segment-1.jpg', description: 'A *bee*' },
    ])
    const edited = messagePayload(shown, { 'b/2.jpg': '900/2-segment-1.jpg', 'c/3.jpg': '901/gone.jpg' })
    expect(edited.body.attachments).toEqual([
      { id: '900' },
      { id: '0', filename: 'segment-1.jpg', description: 'A *bee*' },
    ])
    expect(edited.files.filter(({ id }) => id === null).map(({ path }) => path)).toEqual(['a/1.jpg'])
    const [gallery] = partsOf(shown, { 'b/2.jpg': '900/2-segment-1.jpg' })
    expect(JSON.stringify(gallery)).toContain('attachment://2-segment-1.jpg')
  })

  test('at most ten files', () => {
    const files = Array.from({ length: 14 }, (_, index) => picture(`${index}.jpg`, `choice-${index}.jpg`))
    expect(messagePayload(view({ type: 'files', files })).body.attachments).toHaveLength(10)
    expect(partsOf(view({ type: 'files', files }))).toHaveLength(1)
  })
})
