import type { Block } from '../blocks.ts'
import { blocksAreTooLong, checkBlocks, type FileRef } from '../validate.ts'
import type { Channel, Message, StoredFile, World } from '../world.ts'
import { type Args, optional, Refusal, refuseWith, required } from './refusal.ts'

/** What every method can access during a call. */
export interface Caller {
  world: World
  scopes: Set<string>
  needScope(scope: string): void
}

/** Finds a channel that the bot can see: every public one, and the private ones and direct messages that it is in. */
export function visibleChannel({ world }: Caller, args: Args, name = 'channel'): Channel {
  const wanted = optional(args, name) ?? ''
  const channel = world.channels.get(wanted)
  if (channel === undefined) throw new Refusal('channel_not_found')
  if (channel.kind !== 'public' && !channel.members.has(world.app.userId)) {
    throw new Refusal('channel_not_found')
  }
  return channel
}

/** Refuses as Slack does when the bot may not write there. */
export function mustBeAbleToPost({ world, scopes }: Caller, channel: Channel, publicScope = true): void {
  if (channel.archived) throw new Refusal('is_archived')
  if (channel.members.has(world.app.userId)) return
  if (!(publicScope && scopes.has('chat:write.public'))) throw new Refusal('not_in_channel')
}

export function post(world: World, fields: Partial<Message> & Pick<Message, 'channel' | 'user'>): Message {
  const message: Message = {
    ts: world.nextTs(),
    threadTs: undefined,
    text: '',
    blocks: [],
    files: [],
    mrkdwn: true,
    editedTs: undefined,
    deleted: false,
    ephemeralTo: undefined,
    versions: [],
    reactions: new Map(),
    picked: new Map(),
    ...fields,
  }
  world.messages.push(message)
  world.signal.changed()
  return message
}

export function edit(world: World, message: Message, content: { text: string; blocks: Block[] }): void {
  message.versions.push({ text: message.text, blocks: message.blocks })
  Object.assign(message, content, { editedTs: world.nextTs() })
  world.signal.changed()
}

export function find(world: World, channel: string, ts: string): Message | undefined {
  return world.messages.find((m) => m.channel === channel && m.ts === ts && m.ephemeralTo === undefined)
}

/** The root of the thread to reply to. A deleted root can only be replied to while it has replies (tombstone). */
export function threadRoot(world: World, channel: Channel, args: Args): string | undefined {
  const ts = optional(args, 'thread_ts')
  if (ts === undefined) return undefined
  if (!/^\d{10}\.\d{6}$/.test(ts)) refuseWith('invalid_arguments', ['[ERROR] invalid thread_ts'])
  const root = find(world, channel.id, ts)
  if (root === undefined || (root.deleted && repliesOf(world, root).length === 0)) {
    throw new Refusal('thread_not_found')
  }
  // Slack warns never to use a reply's ts; what happens then is undocumented, so it is refused here.
  if (root.threadTs !== undefined) throw new Refusal('cannot_reply_to_message')
  return ts
}

export function repliesOf(world: World, root: Message): Message[] {
  return world.messages.filter(
    (m) => m.channel === root.channel && m.threadTs === root.ts && !m.deleted && m.ephemeralTo === undefined,
  )
}

/** Reads `text` and `blocks`. `blocks` is undefined if the call didn't pass any. */
export function content(
  world: World,
  args: Args,
  maxText: number,
): { text: string; blocks: Block[] | undefined } {
  const text = optional(args, 'text') ?? ''
  if (text.length > maxText) throw new Refusal('msg_too_long')
  if (args.attachments !== undefined)
    refuseWith('invalid_arguments', ['[ERROR] attachments: not served here'])
  if (args.blocks === undefined || args.blocks === null || args.blocks === '')
    return { text, blocks: undefined }
  if (!Array.isArray(args.blocks)) throw new Refusal('invalid_blocks_format')
  const checked = checkBlocks(args.blocks, (ref) => usableImage(world, ref))
  if (checked.complaints !== undefined) return refuseWith('invalid_blocks', checked.complaints)
  const card = checked.value.findIndex(({ type }) => type === 'task_card')
  if (card >= 0 && !world.settings.hasTaskCards)
    return refuseWith('invalid_blocks', [
      `[ERROR] unsupported type: task_card [json-pointer:/blocks/${card}/type]`,
    ])
  if (blocksAreTooLong(checked.value)) throw new Refusal('msg_blocks_too_long')
  return { text, blocks: checked.value }
}

/** True for a png, jpg or gif that was uploaded, completed and processed, and not deleted. */
export function usableImage(world: World, ref: FileRef): boolean {
  const file = [...world.files.values()].find(
    (f) => f.id === ref.id || (ref.url !== undefined && [f.urlPrivate, f.permalink].includes(ref.url)),
  )
  if (file?.completedAt === undefined) return false
  const ready = Date.now() >= file.completedAt + world.settings.fileProcessingMs
  return ready && ['image/png', 'image/jpeg', 'image/gif'].includes(file.mimetype)
}

export function messageJson(world: World, message: Message): Record<string, unknown> {
  const bot = message.user === world.app.userId
  const replies = message.threadTs === undefined ? repliesOf(world, message) : []
  return {
    type: 'message',
    user: message.user,
    ...(bot ? { bot_id: world.app.botId, app_id: world.app.id } : {}),
    team: world.team.id,
    text: message.text,
    ts: message.ts,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.files.length > 0 ? { files: message.files.map(fileJson) } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length } : {}),
    ...(message.editedTs === undefined ? {} : { edited: { user: message.user, ts: message.editedTs } }),
  }
}

export function fileJson(file: StoredFile): Record<string, unknown> {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.mimetype.split('/')[1] ?? '',
    size: file.bytes?.length ?? 0,
    user: file.owner,
    url_private: file.urlPrivate,
    permalink: file.permalink,
    channels: [...file.channels],
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
  }
}

/** The bot's own, still existing message that a call refers to. */
export function ownMessage(caller: Caller, channel: Channel, args: Args, denied: string): Message {
  const message = find(caller.world, channel.id, required(args, 'ts'))
  if (message === undefined || message.deleted) throw new Refusal('message_not_found')
  if (message.user !== caller.world.app.userId) throw new Refusal(denied)
  return message
}
