import type { Block } from './blocks.ts'
import type { Message, World } from './world.ts'

interface Piece {
  text: string
  /** Whether markup is parsed in it. */
  markup: boolean
}

/** What a message or view shows, one line per piece of text, with names in place of ids. */
export function shown(world: World, seen: { text?: string; mrkdwn?: boolean; blocks: Block[] }): string {
  return pieces(seen, false)
    .map((piece) => (piece.markup ? plain(world, piece.text) : piece.text))
    .join('\n')
}

/** Everything in a message that would notify someone, as written: `<!channel>`, `<@U…>`, … */
export function pings(message: Pick<Message, 'text' | 'mrkdwn' | 'blocks'>): string[] {
  return pieces(message, true)
    .filter((piece) => piece.markup)
    .flatMap(({ text }) => text.match(/<(?:!(?:channel|here|everyone|subteam\^)[^>]*|@[UW][^>]*)>/g) ?? [])
}

/** The links of a message with their labels, in order. Bare URLs count: Slack turns them into links. */
export function links(
  message: Pick<Message, 'text' | 'mrkdwn' | 'blocks'>,
): { url: string; label: string }[] {
  return pieces(message, false)
    .filter((piece) => piece.markup)
    .flatMap(({ text }) =>
      [...text.matchAll(/<((?:https?|mailto):[^|>]*)(?:\|([^>]*))?>|(https?:\/\/[^\s<>]+)/g)].map((m) => {
        const url = decode(m[1] ?? m[3] ?? '')
        return { url, label: decode(m[2] ?? m[1] ?? m[3] ?? '') }
      }),
    )
}

/** Mrkdwn as people read it: references resolved, entities decoded, asterisks and the like left unchanged. */
function plain(world: World, text: string): string {
  return decode(
    text.replace(/<([^<>]*)>/g, (_whole, inner: string) => {
      const [, target = '', label] = /^([^|]*)(?:\|([\s\S]*))?$/.exec(inner) ?? []
      if (target.startsWith('@'))
        return `@${world.users.get(target.slice(1))?.name ?? label ?? target.slice(1)}`
      if (target.startsWith('#'))
        return `#${world.channels.get(target.slice(1))?.name ?? label ?? target.slice(1)}`
      if (target.startsWith('!date^')) return label ?? ''
      if (target.startsWith('!')) return label ?? `@${target.slice(1)}`
      return label ?? target
    }),
  )
}

function decode(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_whole, name: string) => ({ lt: '<', gt: '>' })[name] ?? '&')
}

type TextObject = { type: string; text: string }

/** The top-level text is shown only if there are no blocks, but it notifies either way. */
function pieces(seen: { text?: string; mrkdwn?: boolean; blocks: Block[] }, all: boolean): Piece[] {
  const text = seen.text ?? ''
  const top = text !== '' && (all || seen.blocks.length === 0) ? [{ text, markup: seen.mrkdwn ?? true }] : []
  return [...top, ...seen.blocks.flatMap(blockPieces)]
}

function blockPieces(block: Block): Piece[] {
  switch (block.type) {
    case 'header':
      return of(block.text)
    case 'section': {
      const accessory = block.accessory === undefined ? [] : elementPieces(block.accessory)
      return [...of(block.text), ...(block.fields ?? []).flatMap((f) => of(f)), ...accessory]
    }
    case 'context':
      return block.elements.flatMap((e) => (e.type === 'image' ? quoted(e.alt_text) : of(e)))
    case 'actions':
      return block.elements.flatMap(elementPieces)
    case 'image':
      return [...of(block.title), ...quoted(block.alt_text)]
    case 'input':
      return [...of(block.label), ...elementPieces(block.element), ...of(block.hint)]
    case 'markdown':
      return [{ text: block.text, markup: true }]
    case 'video':
      return [...of(block.title), ...of(block.description)]
    case 'rich_text':
      return [{ text: richText(block.elements), markup: true }]
    case 'task_card':
      return [{ text: `(${block.status}) ${block.title}`, markup: false }]
    case 'divider':
      return []
  }
}

function elementPieces(element: { type: string }): Piece[] {
  const found: Piece[] = []
  if ('text' in element && isText(element.text)) found.push({ text: `[${element.text.text}]`, markup: false })
  if ('placeholder' in element && isText(element.placeholder)) found.push(...quoted(element.placeholder.text))
  if ('alt_text' in element && typeof element.alt_text === 'string') found.push(...quoted(element.alt_text))
  if ('options' in element && Array.isArray(element.options)) {
    for (const option of element.options) if (isText(option?.text)) found.push(...quoted(option.text.text))
  }
  return found
}

function richText(node: unknown): string {
  if (Array.isArray(node)) return node.map(richText).join('')
  if (typeof node !== 'object' || node === null) return ''
  if ('type' in node && node.type === 'broadcast' && 'range' in node) return `<!${String(node.range)}>`
  if ('user_id' in node) return `<@${String(node.user_id)}>`
  if ('channel_id' in node) return `<#${String(node.channel_id)}>`
  if ('elements' in node) return `${richText(node.elements)}\n`
  const text = 'text' in node ? node.text : 'url' in node ? node.url : 'fallback' in node ? node.fallback : ''
  const label = String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  return 'url' in node ? `<${String(node.url)}|${label}>` : label
}

function isText(value: unknown): value is TextObject {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
}

function of(text: TextObject | undefined): Piece[] {
  return text === undefined ? [] : [{ text: text.text, markup: text.type === 'mrkdwn' }]
}

function quoted(text: string): Piece[] {
  return [{ text: `[${text}]`, markup: false }]
}
