import type { types } from '@slack/bolt'
import { filesShown } from '../../view/files-shown.ts'
import { shorten } from '../../view/shorten.ts'
import type { Block, Button, FileRef, Menu, MessageView, Select, Text } from '../../view/types.ts'
import { toPlain } from '../plain.ts'
import { progressBar } from '../progress-bar.ts'
import { SLACK_LIMITS } from './limits.ts'
import { escapeText, toMarkup, toRichText } from './text.ts'

/** Prefix of a menu's action id: the chosen item is the action, not the menu itself. */
export const MENU_PREFIX = 'menu:'

/** Steps of a progress bar, where task cards aren't available. */
const BAR = 12
/** Successively shorter lengths to which texts are cut until all blocks fit into a message. */
const CUTS = [SLACK_LIMITS.sectionText.max, 2000, 1200, 700, 400, 200, 100]

/**
 * A message as Block Kit, within all of Slack's limits. `images` are Slack's picture ids by path in the store; pictures
 * without an id are left out. `mark` becomes the first block's id, by which the message can be found again. Progress is
 * shown on Slack's task cards, or as a bar if a workspace doesn't support them.
 */
export function toBlocks(
  view: MessageView,
  images: Record<string, string> = {},
  mark?: string,
  hasTaskCards = true,
): types.KnownBlock[] {
  let blocks: types.KnownBlock[] = []
  for (const cut of CUTS) {
    const options = { images, cut, hasTaskCards }
    blocks = limitCount(joined(view.blocks).flatMap((block) => blockOf(block, options)))
    if (JSON.stringify(blocks).length <= SLACK_LIMITS.blockCharacters.max) break
  }
  const [first = plainSection(view.summary || '…', SLACK_LIMITS.sectionText.max), ...rest] = blocks
  return [mark === undefined ? first : { ...first, block_id: mark }, ...rest]
}

/** The text of notifications, and of clients without blocks. */
export function fallbackText(view: MessageView): string {
  return escapeText(shorten(view.summary || '…', SLACK_LIMITS.messageText.max / 5))
}

/** A view's files, in order. */
export function filesOf(view: MessageView, kind: FileRef['kind']): FileRef[] {
  return filesShown(view).filter((file) => file.kind === kind)
}

type ProgressBlock = Extract<Block, { type: 'progress' }>

/** Buttons and the menu after them share a row. */
type Row = Block | { type: 'row'; parts: Extract<Block, { type: 'buttons' | 'menu' }>[] }

function joined(blocks: Block[]): Row[] {
  const rows: Row[] = []
  for (const block of blocks) {
    const last = rows.at(-1)
    if (block.type === 'menu' && last?.type === 'row') last.parts.push(block)
    else if (block.type === 'buttons' || block.type === 'menu') rows.push({ type: 'row', parts: [block] })
    else rows.push(block)
  }
  return rows
}

interface Options {
  images: Record<string, string>
  /** The number of characters of a text. */
  cut: number
  hasTaskCards: boolean
}

function blockOf(block: Row, options: Options): types.KnownBlock[] {
  const { images, cut } = options
  switch (block.type) {
    case 'heading': {
      const text = shorten(block.text.replaceAll(/\s+/gu, ' ').trim(), SLACK_LIMITS.headerText.max)
      return text === '' ? [] : [{ type: 'header', text: plain(text) }]
    }
    case 'text':
      return textBlock(block.text, cut)
    case 'note':
      return noteBlock(block.text, cut)
    case 'quote':
      return quoteBlock(shorten(block.text.trim(), cut))
    case 'item':
      return itemBlocks(block, images, cut)
    case 'files':
      return block.files.flatMap((file) => imageBlock(file, images))
    case 'progress':
      return [options.hasTaskCards ? taskCard(block) : progressSection(block, cut)]
    case 'divider':
      return [{ type: 'divider' }]
    case 'select':
      return [{ type: 'actions', elements: [selectElement(block.select, cut)] }]
    case 'buttons':
    case 'menu':
      return blockOf({ type: 'row', parts: [block] }, options)
    case 'row': {
      const elements = block.parts.flatMap(elementsOf).slice(0, SLACK_LIMITS.actions.max)
      return elements.length === 0 ? [] : [{ type: 'actions', elements }]
    }
  }
}

function textBlock(text: Text, cut: number): types.KnownBlock[] {
  const plainText = toPlain(text)
  if (plainText.trim() === '') return []
  if (typeof text === 'string') return [plainSection(text, cut)]
  const markup = toMarkup(text)
  if (markup !== null && markup.length <= cut)
    return [{ type: 'section', text: { type: 'mrkdwn', text: markup, verbatim: true } }]
  // Formatting can't be cut in the middle, so a text that is too long is shown without it.
  if (plainText.length > cut) return [plainSection(plainText, cut)]
  return [richBlock({ type: 'rich_text_section', elements: toRichText(text) })]
}

function noteBlock(text: Text, cut: number): types.KnownBlock[] {
  const plainText = toPlain(text)
  if (plainText.trim() === '') return []
  const markup = typeof text === 'string' ? null : toMarkup(text)
  if (markup !== null && markup.length <= cut)
    return [{ type: 'context', elements: [{ type: 'mrkdwn', text: markup, verbatim: true }] }]
  // Context blocks don't support rich text; if that would lose a link, an ordinary line is used.
  const hasLink = typeof text !== 'string' && text.some((part) => typeof part === 'object' && 'link' in part)
  if (hasLink) return textBlock(text, cut)
  return [{ type: 'context', elements: [plain(shorten(plainText, cut))] }]
}

function quoteBlock(text: string): types.KnownBlock[] {
  if (text === '') return []
  const markup = toMarkup(text)
  const quoted = markup?.replaceAll(/^/gm, '> ')
  if (quoted !== undefined && quoted.length <= SLACK_LIMITS.sectionText.max)
    return [{ type: 'section', text: { type: 'mrkdwn', text: quoted, verbatim: true } }]
  return [richBlock({ type: 'rich_text_quote', elements: toRichText(text) })]
}

/** A single section, so that the picture is next to both lines. Text that Slack would parse as markup is shown unformatted. */
function itemBlocks(
  { text, note, thumbnail }: Extract<Block, { type: 'item' }>,
  images: Record<string, string>,
  cut: number,
): types.KnownBlock[] {
  const image = thumbnail && imageOf(thumbnail, images)
  const lines = toPlain(note) === '' ? [text].flat() : [[text].flat(), '\n', [note].flat()].flat()
  const markup = toMarkup(lines)
  if (!image) return [...textBlock(text, cut), ...noteBlock(note, cut)]
  const said =
    markup !== null && markup.length <= cut
      ? { type: 'mrkdwn' as const, text: markup, verbatim: true }
      : plain(shorten(toPlain(lines), cut))
  return [{ type: 'section', text: said, accessory: image }]
}

function imageBlock(file: FileRef, images: Record<string, string>): types.KnownBlock[] {
  const image = imageOf(file, images)
  return image === null ? [] : [image]
}

function imageOf(
  { path, kind, alt }: FileRef,
  images: Record<string, string>,
): (types.ImageBlock & types.ImageElement) | null {
  const id = images[path]
  if (kind !== 'image' || id === undefined) return null
  return { type: 'image', slack_file: { id }, alt_text: shorten(alt, SLACK_LIMITS.imageAlt.max) || '…' }
}

function elementsOf(block: Extract<Block, { type: 'buttons' | 'menu' }>): types.ActionsBlockElement[] {
  if (block.type === 'buttons') return block.buttons.flatMap(buttonElement)
  return menuElement(block.menu)
}

/**
 * An overflow menu can be used repeatedly, while a select remembers its choice and then does nothing. It has room for only
 * a few items, so the last one shows all of them.
 */
function menuElement({ id, label, items, whole }: Menu): types.Overflow[] {
  if (items.length === 0) return []
  const { max } = SLACK_LIMITS.overflowOptions
  const shown = items.length <= max ? items : [...items.slice(0, max - 1), { action: whole, label }]
  const options = shown.map(({ action, label: name }) => ({
    text: plain(shorten(name, SLACK_LIMITS.optionText.max)),
    value: action,
  }))
  return [{ type: 'overflow', action_id: `${MENU_PREFIX}${id}`, options }]
}

/** It indicates activity by itself. A message has at most one. */
function taskCard({ fraction, label }: ProgressBlock): types.TaskCardBlock {
  const percent = `${Math.round(fraction * 100)}%`
  return {
    type: 'task_card',
    task_id: 'progress',
    title: shorten(`${label} · ${percent}`, SLACK_LIMITS.taskTitle.max),
    status: fraction < 1 ? 'in_progress' : 'complete',
  }
}

function progressSection({ fraction, label }: ProgressBlock, cut: number): types.SectionBlock {
  // On a separate line, because both don't fit into one line on a phone.
  return plainSection(`${label}\n${progressBar(fraction, BAR)}`, cut)
}

/** Slack has no disabled buttons, so they are left out. */
function buttonElement({ action, label, style, disabled }: Button): types.Button[] {
  if (disabled) return []
  const colour = style === 'danger' ? 'danger' : style === 'primary' || style === 'success' ? 'primary' : null
  const text = plain(shorten(label, SLACK_LIMITS.buttonText.max))
  return [{ type: 'button', action_id: action, text, ...(colour !== null && { style: colour }) }]
}

function selectElement({ action, label, options }: Select, cut: number): types.StaticSelect {
  const max = Math.min(SLACK_LIMITS.optionText.max, Math.floor(cut / 10))
  const choices = options.slice(0, SLACK_LIMITS.options.max).map((option) => ({
    text: plain(shorten(option.label, max)),
    value: option.value,
    ...(option.description && max > 20 ? { description: plain(shorten(option.description, max)) } : {}),
  }))
  const selected = choices[options.findIndex((option) => option.selected)]
  return {
    type: 'static_select',
    action_id: action,
    placeholder: plain(shorten(label, SLACK_LIMITS.placeholder.max)),
    options: choices,
    ...(selected && { initial_option: selected }),
  }
}

/** If there are too many blocks, the last ones, which hold the buttons, are kept. */
function limitCount(blocks: types.KnownBlock[]): types.KnownBlock[] {
  const { max } = SLACK_LIMITS.blocksInMessage
  if (blocks.length <= max) return blocks
  return [...blocks.slice(0, max - 6), plainSection('…', 10), ...blocks.slice(-5)]
}

function plainSection(text: string, cut: number): types.SectionBlock {
  return { type: 'section', text: plain(shorten(text, cut)) }
}

function richBlock(element: types.RichTextSection | types.RichTextQuote): types.RichTextBlock {
  return { type: 'rich_text', elements: [element] }
}

/** Shown literally: no markup, and no emoji from `:words:`. */
function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false }
}
