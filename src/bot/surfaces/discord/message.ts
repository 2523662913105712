import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js'
import { filesShown } from '../../view/files-shown.ts'
import { shorten } from '../../view/shorten.ts'
import type { Block, Button, FileRef, Menu, MessageView, Select } from '../../view/types.ts'
import { type AttachedFile, type AttachmentEntry, attach } from './attach.ts'
import { fitTexts, isText } from './fit.ts'
import { DISCORD_LIMITS } from './limits.ts'
import { isId, markdownOf } from './text.ts'

/** Prefix of a menu's id, to distinguish a menu of actions from a select of values. */
export const MENU = 'menu|'

type ItemBlock = Extract<Block, { type: 'item' }>

interface MessageBody {
  flags: number
  components: APIMessageTopLevelComponent[]
  attachments: AttachmentEntry[]
  /** Only people named by the view for this purpose are pinged. */
  allowed_mentions: { parse: []; users?: string[] }
}

export interface Payload {
  body: MessageBody
  /** The message's files; those without an id have to be uploaded with the body. */
  files: AttachedFile[]
}

/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
const MENTIONS = 100

const COLOURS = { neutral: 0x5865f2, busy: 0xf0b232, good: 0x23a55a, bad: 0xf23f43 } as const
const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const

/**
 * A view as a Components V2 message within Discord's limits: what is too long is visibly shortened. `present` are the files
 * that the message already has, as named by an earlier response.
 */
export function messagePayload(view: MessageView, present: Record<string, string> = {}): Payload {
  const { files, entries } = attach(filesShown(view), present)
  const people = (view.notifies ?? []).filter(isId).slice(0, MENTIONS)
  const used = new Set<string>()
  const children = fitTexts(view.blocks).flatMap((block) => componentsOf(block, files, used))
  const components = withinCount(children)
  if (components.length === 0) components.push(text(shorten(view.summary, 1000) || '…'))
  return {
    files,
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: isBare(view)
        ? components
        : [{ type: ComponentType.Container, accent_color: COLOURS[view.tone], components }],
      attachments: entries,
      allowed_mentions: { parse: [], ...(people.length > 0 && { users: people }) },
    },
  }
}

/** For posting: silent, unless someone should be notified. Edits are always silent. */
export function silently(body: MessageBody): MessageBody {
  const isLoud = (body.allowed_mentions.users ?? []).length > 0
  return isLoud ? body : { ...body, flags: body.flags | MessageFlags.SuppressNotifications }
}

/** Without the frame a message is a fifth shorter; errors must still be noticeable. */
function isBare({ isCompact, tone }: MessageView): boolean {
  return isCompact === true && tone === 'neutral'
}

function componentsOf(block: Block, files: AttachedFile[], used: Set<string>): APIComponentInContainer[] {
  if (block.type === 'item') return [item(block, files)]
  if (isText(block)) {
    const content = markdownOf(block)
    return content.trim() === '' ? [] : [text(content)]
  }
  switch (block.type) {
    case 'divider':
      return [{ type: ComponentType.Separator }]
    case 'files':
      return [...gallery(block.files, files), ...attachments(block.files, files)]
    case 'buttons':
      return rows(block.buttons.filter(({ action }) => isNew(action, used)))
    case 'menu':
      return block.menu.items.length > 0 && isNew(MENU + block.menu.id, used) ? [row(menuOf(block.menu))] : []
    case 'select':
      return block.select.options.length > 0 && isNew(block.select.action, used)
        ? [row(selectOf(block.select))]
        : []
  }
}

function text(content: string): APIComponentInContainer {
  return { type: ComponentType.TextDisplay, content }
}

/** A section must have an accessory. */
function item(block: ItemBlock, files: AttachedFile[]): APIComponentInContainer {
  const content = markdownOf(block) || '…'
  const { thumbnail } = block
  const file = thumbnail && files.find(({ path }) => path === thumbnail.path)
  if (!file) return text(content)
  const description = shorten(thumbnail.alt.trim(), DISCORD_LIMITS.gallery.description)
  return {
    type: ComponentType.Section,
    components: [{ type: ComponentType.TextDisplay, content }],
    accessory: {
      type: ComponentType.Thumbnail,
      media: { url: `attachment://${file.name}` },
      ...(description !== '' && { description }),
    },
  }
}

function gallery(shown: FileRef[], files: AttachedFile[]): APIComponentInContainer[] {
  const items = shown.flatMap(({ path, alt, kind }) => {
    if (kind === 'attachment') return []
    const file = files.find((each) => each.path === path)
    if (!file) return []
    const description = shorten(alt.trim(), DISCORD_LIMITS.gallery.description)
    return [{ media: { url: `attachment://${file.name}` }, ...(description !== '' && { description }) }]
  })
  if (items.length === 0) return []
  return [{ type: ComponentType.MediaGallery, items: items.slice(0, DISCORD_LIMITS.gallery.items) }]
}

function attachments(shown: FileRef[], files: AttachedFile[]): APIComponentInContainer[] {
  return shown.flatMap(({ path, kind }): APIComponentInContainer[] => {
    const file = kind === 'attachment' && files.find((each) => each.path === path)
    return file ? [{ type: ComponentType.File, file: { url: `attachment://${file.name}` } }] : []
  })
}

function rows(buttons: Button[]): APIComponentInContainer[] {
  const all: APIComponentInContainer[] = []
  for (let from = 0; from < buttons.length; from += DISCORD_LIMITS.message.buttonsInRow) {
    const some = buttons.slice(from, from + DISCORD_LIMITS.message.buttonsInRow)
    all.push({ type: ComponentType.ActionRow, components: some.map(buttonOf) })
  }
  return all
}

function row(component: APIStringSelectComponent): APIComponentInContainer {
  return { type: ComponentType.ActionRow, components: [component] }
}

function buttonOf({ action, label, style = 'secondary', disabled }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    custom_id: action,
    label: shorten(label, DISCORD_LIMITS.button.label) || '…',
    ...(disabled && { disabled }),
  }
}

function menuOf({ id, label, items }: Menu): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: MENU + id,
    placeholder: shorten(label, DISCORD_LIMITS.select.placeholder),
    options: items.slice(0, DISCORD_LIMITS.select.options).map(({ action, label: name }) => ({
      value: action,
      label: shorten(name, DISCORD_LIMITS.select.label) || '…',
    })),
  }
}

function selectOf({ action, label, options }: Select): APIStringSelectComponent {
  const values = new Set<string>()
  const different = options.filter(({ value }) => isNew(value, values))
  return {
    type: ComponentType.StringSelect,
    custom_id: action,
    placeholder: shorten(label, DISCORD_LIMITS.select.placeholder),
    options: different.slice(0, DISCORD_LIMITS.select.options).map((option) => ({
      value: option.value.slice(0, DISCORD_LIMITS.select.value),
      label: shorten(option.label, DISCORD_LIMITS.select.label) || '…',
      ...(option.description && {
        description: shorten(option.description, DISCORD_LIMITS.select.description),
      }),
      ...(option.selected && { default: true }),
    })),
  }
}

/** Discord refuses messages with duplicate ids. */
function isNew(id: string, used: Set<string>): boolean {
  if (used.has(id)) return false
  used.add(id)
  return true
}

/** If there are too many components, joins consecutive texts, and drops what is still too much. */
function withinCount(children: APIComponentInContainer[]): APIComponentInContainer[] {
  if (countOf(children) <= DISCORD_LIMITS.message.components) return children
  const joined: APIComponentInContainer[] = []
  for (const child of children) {
    const last = joined.at(-1)
    if (last?.type === ComponentType.TextDisplay && child.type === ComponentType.TextDisplay)
      joined[joined.length - 1] = { ...last, content: `${last.content}\n${child.content}` }
    else joined.push(child)
  }
  while (countOf(joined) > DISCORD_LIMITS.message.components) joined.splice(leastNeeded(joined), 1)
  return joined
}

/** The last part that people can do without; buttons and menus are dropped last. */
function leastNeeded(parts: APIComponentInContainer[]): number {
  const place = parts.findLastIndex(({ type }) => type !== ComponentType.ActionRow)
  return place < 0 ? parts.length - 1 : place
}

/** Including the container itself. */
function countOf(children: APIComponentInContainer[]): number {
  return children.reduce((sum, child) => {
    // A section's accessory counts, too.
    if (child.type === ComponentType.Section) return sum + 2 + child.components.length
    return sum + 1 + (child.type === ComponentType.ActionRow ? child.components.length : 0)
  }, 1)
}
