import { MessageFlags } from 'discord.js'
import { checkUploads, namesAfter, storeAttachments } from './attachments.ts'
import { formErrors, isObject } from './checks/form-errors.ts'
import { checkMessage } from './checks/message.ts'
import { refuse } from './refusal.ts'
import type { Attachment, Channel, Component, Json, Media, Message, UploadedFile } from './types.ts'
import { messageToWire } from './wire.ts'
import type { World } from './world.ts'

export interface Draft {
  body: Json
  uploads: readonly UploadedFile[]
  /** The position of the message's fields in the request: `['data']` in the answer to an interaction. */
  prefix?: readonly string[]
}

export interface Origin {
  authorId: string
  visibleTo?: string | null
  interaction?: Message['interaction']
  type?: number
}

/** Checks and posts a message. */
export function createMessage(world: World, channel: Channel, draft: Draft, origin: Origin): Message {
  const { body, uploads } = draft
  check(world, channel, draft, null)
  const content = typeof body.content === 'string' ? body.content.trim() : ''
  const filled = (value: unknown) => Array.isArray(value) && value.length > 0
  if (
    content === '' &&
    uploads.length === 0 &&
    ![body.embeds, body.components, body.sticker_ids].some(filled) &&
    !isObject(body.poll)
  ) {
    throw refuse.emptyMessage()
  }
  const reference = isObject(body.message_reference) ? String(body.message_reference.message_id) : null
  if (reference !== null && !channel.messages.has(reference) && isObject(body.message_reference)) {
    if (body.message_reference.fail_if_not_exists !== false) {
      const errors = formErrors()
      errors.add(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')
      errors.refuseIfAny()
    }
  }
  const attachments = storeAttachments(world, channel, body, uploads, null)
  const message = blankMessage(world, channel, origin)
  message.content = content
  message.flags |= typeof body.flags === 'number' ? body.flags : 0
  message.embeds = Array.isArray(body.embeds) ? body.embeds.filter(isObject) : []
  message.attachments = attachments
  message.components = storeComponents(body.components, attachments)
  message.nonce = typeof body.nonce === 'string' || typeof body.nonce === 'number' ? body.nonce : null
  message.tts = body.tts === true
  message.allowedMentions = body.allowed_mentions ?? null
  if (reference !== null && channel.messages.has(reference)) {
    message.replyTo = { channelId: channel.id, messageId: reference }
    message.type = 19
  }
  return post(world, channel, message)
}

/** Posts a message that needs no check: a deferred answer, a system message, or what a person writes. */
export function postPlain(
  world: World,
  channel: Channel,
  origin: Origin,
  fields: { content?: string; flags?: number; answers?: { message: Message; pings: boolean } } = {},
): Message {
  const message = blankMessage(world, channel, origin)
  message.content = fields.content ?? ''
  const { answers } = fields
  if (answers) {
    message.type = 19
    message.replyTo = { channelId: channel.id, messageId: answers.message.id }
  }
  const named = (pattern: RegExp) => [...message.content.matchAll(pattern)].map(([, id = '']) => id)
  const users = [...named(/<@!?(\d+)>/g), ...(answers?.pings ? [answers.message.authorId] : [])]
  message.mentions = { users: [...new Set(users)], roles: [...new Set(named(/<@&(\d+)>/g))] }
  message.flags |= fields.flags ?? 0
  return post(world, channel, message)
}

/** Checks and applies an edit. Fields missing from the body stay unchanged. */
export function editMessage(world: World, channel: Channel, message: Message, draft: Draft): Message {
  const { body, uploads } = draft
  check(world, channel, draft, message)
  message.attachments = storeAttachments(world, channel, body, uploads, message)
  if (body.content !== undefined)
    message.content = typeof body.content === 'string' ? body.content.trim() : ''
  if (body.embeds !== undefined)
    message.embeds = Array.isArray(body.embeds) ? body.embeds.filter(isObject) : []
  if (body.components !== undefined)
    message.components = storeComponents(body.components, message.attachments)
  if (body.allowed_mentions !== undefined) message.allowedMentions = body.allowed_mentions
  if (typeof body.flags === 'number') {
    const { Ephemeral, HasThread, IsComponentsV2, SuppressNotifications } = MessageFlags
    const fixed = Ephemeral | HasThread | IsComponentsV2 | SuppressNotifications
    message.flags =
      (message.flags & fixed) | (body.flags & ~(MessageFlags.Ephemeral | MessageFlags.HasThread))
  }
  message.flags &= ~MessageFlags.Loading
  message.editedAt = new Date(world.clock.now()).toISOString()
  message.edits++
  announce(world, 'MESSAGE_UPDATE', message)
  return message
}

export function deleteMessage(world: World, channel: Channel, message: Message): void {
  channel.messages.delete(message.id)
  for (const attachment of message.attachments) world.files.delete(attachment.id)
  if (message.visibleTo === null) {
    world.dispatch('MESSAGE_DELETE', { id: message.id, channel_id: channel.id, ...inGuild(channel) })
  }
  world.changed()
}

/** The message, unless it is deleted or private: private ones can only be reached through their interaction. */
export function publicMessage(channel: Channel, id: string | undefined): Message {
  const message = channel.messages.get(id ?? '')
  if (message === undefined || message.visibleTo !== null) throw refuse.unknownMessage()
  return message
}

export function announce(world: World, event: string, message: Message): void {
  const channel = world.channels.get(message.channelId)
  if (message.visibleTo === null)
    world.dispatch(event, { ...messageToWire(world, message), channel_type: channel?.type })
  world.changed()
}

export function inGuild(channel: Channel): { guild_id?: string } {
  return channel.guildId === null ? {} : { guild_id: channel.guildId }
}

function check(world: World, channel: Channel, draft: Draft, before: Message | null): void {
  const { body, uploads } = draft
  const errors = formErrors(draft.prefix)
  for (const { path, message } of checkUploads(world, channel, body, uploads, before)) {
    errors.add(path, 'ATTACHMENT_NOT_FOUND', message)
  }
  checkMessage(errors, body, { before, files: namesAfter(body, uploads, before), uploads })
}

function blankMessage(world: World, channel: Channel, origin: Origin): Message {
  return {
    id: world.nextId(),
    channelId: channel.id,
    type: origin.type ?? (origin.interaction?.type === 2 ? 20 : 0),
    authorId: origin.authorId,
    content: '',
    flags: (origin.visibleTo ?? null) === null ? 0 : MessageFlags.Ephemeral,
    components: [],
    embeds: [],
    attachments: [],
    pinned: false,
    tts: false,
    createdAt: new Date(world.clock.now()).toISOString(),
    editedAt: null,
    nonce: null,
    visibleTo: origin.visibleTo ?? null,
    interaction: origin.interaction ?? null,
    replyTo: null,
    mentions: { users: [], roles: [] },
    reactions: new Map(),
    threadId: null,
    allowedMentions: null,
    edits: 0,
  }
}

function post(world: World, channel: Channel, message: Message): Message {
  channel.messages.set(message.id, message)
  if (message.visibleTo === null) channel.lastMessageId = message.id
  announce(world, 'MESSAGE_CREATE', message)
  return message
}

/** Numbers the components and replaces `attachment://` with the file's address, as Discord does in its answers. */
function storeComponents(given: unknown, attachments: readonly Attachment[]): Component[] {
  if (!Array.isArray(given)) return []
  const copy = structuredClone(given) as Component[]
  const used = new Set<number>()
  const visit = (component: Component, act: (component: Component) => void) => {
    act(component)
    for (const child of component.components ?? []) visit(child, act)
    if (component.accessory !== undefined) visit(component.accessory, act)
  }
  for (const component of copy) {
    visit(component, (part) => {
      if (part.id !== undefined && part.id > 0) used.add(part.id)
    })
  }
  let next = 1
  const finish = (part: Component) => {
    if (part.id === undefined || part.id === 0) {
      while (used.has(next)) next++
      used.add(next)
      part.id = next
    }
    if (part.media !== undefined) part.media = resolve(part.media, attachments)
    if (part.file !== undefined) part.file = resolve(part.file, attachments)
    for (const item of part.items ?? []) item.media = resolve(item.media, attachments)
  }
  for (const component of copy) visit(component, finish)
  return copy
}

function resolve(media: Media, attachments: readonly Attachment[]): Media {
  const name = media.url.startsWith('attachment://') ? media.url.slice('attachment://'.length) : null
  const attachment = attachments.find(({ filename }) => filename === name)
  if (attachment === undefined) return { url: media.url, proxy_url: media.url }
  return {
    url: attachment.url,
    proxy_url: attachment.proxy_url,
    attachment_id: attachment.id,
    content_type: attachment.content_type,
  }
}
