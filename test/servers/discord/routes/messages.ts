import { MessageFlags } from 'discord.js'
import { createMessage, deleteMessage, editMessage, inGuild, publicMessage } from '../messages.ts'
import { channelForBot, may, sendPermission } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import type { Channel, Message } from '../types.ts'
import { messageToWire } from '../wire.ts'
import type { World } from '../world.ts'
import { type Call, NO_CONTENT, type Route, route } from './route.ts'
import { unarchiveToPost } from './threads.ts'

/** How long, in milliseconds, the same nonce returns the same message. Documented as “the past few minutes”. */
const NONCE_LIFE = 5 * 60_000
const TWO_WEEKS = 14 * 24 * 3_600_000
const MAX_PINS = 50

/** Messages of a channel, using the bot's own token. */
export const messageRoutes: Route[] = [
  route('GET', '/channels/{channel_id}/messages', list),
  route('POST', '/channels/{channel_id}/messages', create),
  route('GET', '/channels/{channel_id}/messages/{message_id}', ({ world, param }) => {
    const channel = channelForBot(world, param('channel_id'))
    if (!may(world, channel, world.bot.id, 'ReadMessageHistory')) throw refuse.missingAccess()
    return { status: 200, body: messageToWire(world, publicMessage(channel, param('message_id'))) }
  }),
  route('PATCH', '/channels/{channel_id}/messages/{message_id}', (call) => {
    const { world, param } = call
    const channel = channelForBot(world, param('channel_id'))
    const message = publicMessage(channel, param('message_id'))
    if (message.authorId !== world.bot.id) throw refuse.editOfAnother()
    if (message.type !== 0 && message.type !== 19 && message.type !== 20) throw refuse.systemMessage()
    refuseInArchive(channel)
    refuseForbiddenParts(call, channel)
    return { status: 200, body: messageToWire(world, editMessage(world, channel, message, call)) }
  }),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}', ({ world, param }) => {
    const channel = channelForBot(world, param('channel_id'))
    const message = publicMessage(channel, param('message_id'))
    refuseInArchive(channel)
    if (message.authorId !== world.bot.id && !may(world, channel, world.bot.id, 'ManageMessages')) {
      throw channel.guildId === null ? refuse.notInDirectMessages() : refuse.missingPermissions()
    }
    deleteMessage(world, channel, message)
    return NO_CONTENT
  }),
  route('POST', '/channels/{channel_id}/messages/bulk-delete', ({ world, param, body }) => {
    const channel = channelForBot(world, param('channel_id'))
    if (channel.guildId === null) throw refuse.notInDirectMessages()
    if (!may(world, channel, world.bot.id, 'ManageMessages')) throw refuse.missingPermissions()
    const ids = Array.isArray(body.messages) ? [...new Set(body.messages.map(String))] : []
    if (ids.length < 2 || ids.length > 100) throw refuse.bulkDeleteCount()
    const messages = ids.flatMap((id) => channel.messages.get(id) ?? [])
    if (messages.some(({ createdAt }) => world.clock.now() - Date.parse(createdAt) > TWO_WEEKS)) {
      throw refuse.tooOldForBulkDelete()
    }
    for (const message of messages) deleteMessage(world, channel, message)
    return NO_CONTENT
  }),
  route('PUT', '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me', react),
  route('GET', '/channels/{channel_id}/pins', ({ world, param }) => {
    const channel = channelForBot(world, param('channel_id'))
    return { status: 200, body: pinned(channel).map((message) => messageToWire(world, message)) }
  }),
  route('GET', '/channels/{channel_id}/messages/pins', ({ world, param }) => {
    const channel = channelForBot(world, param('channel_id'))
    const items = pinned(channel).map((message) => ({
      pinned_at: message.createdAt,
      message: messageToWire(world, message),
    }))
    return { status: 200, body: { items, has_more: false } }
  }),
  ...[
    '/channels/{channel_id}/pins/{message_id}',
    '/channels/{channel_id}/messages/pins/{message_id}',
  ].flatMap((template) => [
    route('PUT', template, (call) => pin(call, true)),
    route('DELETE', template, (call) => pin(call, false)),
  ]),
]

/** An archived thread can't be changed until it is reopened. */
export function refuseInArchive(channel: Channel): void {
  if (channel.thread?.archived === true) throw refuse.archivedThread()
}

function create(call: Call) {
  const { world, param, body } = call
  const channel = channelForBot(world, param('channel_id'))
  if (channel.guildId === null) {
    if (world.users.get(channel.recipientId ?? '')?.acceptsDirectMessages !== true)
      throw refuse.cannotMessageUser()
  } else if (!may(world, channel, world.bot.id, sendPermission(channel))) {
    throw refuse.missingPermissions()
  }
  refuseForbiddenParts(call, channel)
  const again = body.enforce_nonce === true ? sameNonce(world, channel, body.nonce) : undefined
  if (again !== undefined) return { status: 200, body: messageToWire(world, again) }
  if (body.message_reference !== undefined && !may(world, channel, world.bot.id, 'ReadMessageHistory')) {
    throw refuse.missingPermissions()
  }
  if (typeof body.flags === 'number' && (body.flags & MessageFlags.Ephemeral) !== 0)
    body.flags &= ~MessageFlags.Ephemeral
  unarchiveToPost(world, channel)
  channel.thread?.members.add(world.bot.id)
  const message = createMessage(world, channel, call, { authorId: world.bot.id })
  return { status: 200, body: messageToWire(world, message) }
}

/** https://discord.com/developers/docs/resources/message#create-reaction */
function react({ world, param }: Call) {
  const channel = channelForBot(world, param('channel_id'), ['ReadMessageHistory'])
  const message = publicMessage(channel, param('message_id'))
  const emoji = param('emoji_name')
  if (!/^\p{Extended_Pictographic}\uFE0F?$/u.test(emoji)) throw refuse.unknownEmoji()
  refuseInArchive(channel)
  const before = message.reactions.get(emoji)
  // A reaction that others have already added can be added without the permission.
  if (!before && !may(world, channel, world.bot.id, 'AddReactions')) throw refuse.missingPermissions()
  message.reactions.set(emoji, (before ?? new Set()).add(world.bot.id))
  world.changed()
  return NO_CONTENT
}

function refuseForbiddenParts({ world, uploads, body }: Call, channel: Channel): void {
  if (channel.guildId === null) return
  if (uploads.length > 0 && !may(world, channel, world.bot.id, 'AttachFiles'))
    throw refuse.missingPermissions()
  const embeds = Array.isArray(body.embeds) && body.embeds.length > 0
  if (embeds && !may(world, channel, world.bot.id, 'EmbedLinks')) throw refuse.missingPermissions()
}

function sameNonce(world: World, channel: Channel, nonce: unknown): Message | undefined {
  if (nonce === undefined || nonce === null) return undefined
  return [...channel.messages.values()].find(
    (message) =>
      message.authorId === world.bot.id &&
      String(message.nonce) === String(nonce) &&
      world.clock.now() - Date.parse(message.createdAt) < NONCE_LIFE,
  )
}

function list({ world, param, query }: Call) {
  const channel = channelForBot(world, param('channel_id'))
  if (!may(world, channel, world.bot.id, 'ReadMessageHistory')) return { status: 200, body: [] }
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50)))
  const visible = [...channel.messages.values()].filter(({ visibleTo }) => visibleTo === null)
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name))
  let chosen = visible.reverse()
  if (before) chosen = chosen.filter(({ id }) => BigInt(id) < BigInt(before)).slice(0, limit)
  else if (after) chosen = chosen.filter(({ id }) => BigInt(id) > BigInt(after)).slice(-limit)
  else if (around) {
    const middle = chosen.findIndex(({ id }) => BigInt(id) <= BigInt(around))
    const start = Math.max(0, (middle === -1 ? chosen.length : middle) - Math.floor(limit / 2))
    chosen = chosen.slice(start, start + limit)
  } else chosen = chosen.slice(0, limit)
  return { status: 200, body: chosen.map((message) => messageToWire(world, message)) }
}

function pinned(channel: Channel): Message[] {
  return [...channel.messages.values()].filter((message) => message.pinned)
}

function pin({ world, param }: Call, value: boolean) {
  const channel = channelForBot(world, param('channel_id'))
  const message = publicMessage(channel, param('message_id'))
  refuseInArchive(channel)
  const allowed =
    channel.guildId === null ||
    may(world, channel, world.bot.id, 'ManageMessages') ||
    may(world, channel, world.bot.id, 'PinMessages')
  if (!allowed) throw refuse.missingPermissions()
  if (value && !message.pinned && pinned(channel).length >= MAX_PINS) throw refuse.tooManyPins()
  message.pinned = value
  world.dispatch('CHANNEL_PINS_UPDATE', {
    channel_id: channel.id,
    ...inGuild(channel),
    last_pin_timestamp: null,
  })
  return NO_CONTENT
}
