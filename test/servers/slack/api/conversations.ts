import type { Channel, World } from '../world.ts'
import { openDirect } from './chat.ts'
import { type Caller, find, messageJson, repliesOf, visibleChannel } from './posting.ts'
import { type Answer, type Args, isTrue, optional, page, Refusal, required } from './refusal.ts'
import { conversationScope } from './scopes.ts'

/** https://docs.slack.dev/reference/methods?family=conversations */
export const conversations = {
  'conversations.info': (caller: Caller, args: Args): Answer => {
    const channel = visibleChannel(caller, args)
    caller.needScope(conversationScope(channel.kind, 'read'))
    return { channel: channelJson(caller.world, channel) }
  },

  'conversations.list': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const types = (optional(args, 'types') ?? 'public_channel').split(',').map((type) => type.trim())
    const kinds: Record<string, Channel['kind']> = {
      public_channel: 'public',
      private_channel: 'private',
      im: 'im',
      mpim: 'mpim',
    }
    const wanted = types.map((type) => kinds[type] ?? refuseType())
    for (const kind of wanted) caller.needScope(conversationScope(kind, 'read'))
    const all = [...world.channels.values()].filter(
      (c) =>
        wanted.includes(c.kind) &&
        (c.kind === 'public' || c.members.has(world.app.userId)) &&
        !(isTrue(args, 'exclude_archived') && c.archived),
    )
    const { items, next } = page(all, args)
    return {
      channels: items.map((c) => channelJson(world, c)),
      response_metadata: { next_cursor: next },
    }
  },

  'conversations.history': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const channel = readable(caller, args)
    const [oldest, latest] = [
      Number(optional(args, 'oldest') ?? 0),
      Number(optional(args, 'latest') ?? Infinity),
    ]
    const inclusive = isTrue(args, 'inclusive')
    const all = world.messages
      .filter((m) => m.channel === channel.id && m.threadTs === undefined && m.ephemeralTo === undefined)
      .filter((m) => !m.deleted || repliesOf(world, m).length > 0)
      .filter((m) => (inclusive ? +m.ts >= oldest && +m.ts <= latest : +m.ts > oldest && +m.ts < latest))
      .reverse()
    const { items, next } = page(all, args)
    return {
      messages: items.map((m) => (m.deleted ? tombstone(m.ts) : messageJson(world, m))),
      has_more: next !== '',
      response_metadata: { next_cursor: next },
    }
  },

  'conversations.replies': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const channel = readable(caller, args)
    const root = find(world, channel.id, required(args, 'ts'))
    if (root === undefined) throw new Refusal('thread_not_found')
    const replies = repliesOf(world, root)
    if (root.deleted && replies.length === 0) throw new Refusal('thread_not_found')
    const { items, next } = page([root, ...replies], args, 1000)
    return {
      messages: items.map((m) => (m.deleted ? tombstone(m.ts) : messageJson(world, m))),
      has_more: next !== '',
      response_metadata: { next_cursor: next },
    }
  },

  'conversations.members': (caller: Caller, args: Args): Answer => {
    const channel = visibleChannel(caller, args)
    caller.needScope(conversationScope(channel.kind, 'read'))
    const { items, next } = page([...channel.members], args)
    return { members: items, response_metadata: { next_cursor: next } }
  },

  'conversations.open': (caller: Caller, args: Args): Answer => {
    const [user, second] = required(args, 'users').split(',')
    if (second !== undefined) throw new Refusal('method_not_supported_for_channel_type')
    if (user === undefined || !caller.world.users.has(user)) throw new Refusal('user_not_found')
    return { channel: { id: openDirect(caller.world, user) } }
  },

  'conversations.join': (caller: Caller, args: Args): Answer => {
    const channel = visibleChannel(caller, args)
    if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type')
    if (channel.archived) throw new Refusal('is_archived')
    channel.members.add(caller.world.app.userId)
    return { channel: channelJson(caller.world, channel) }
  },
}

function readable(caller: Caller, args: Args): Channel {
  const channel = visibleChannel(caller, args)
  caller.needScope(conversationScope(channel.kind, 'history'))
  if (!channel.members.has(caller.world.app.userId)) throw new Refusal('not_in_channel')
  return channel
}

function refuseType(): never {
  throw new Refusal('invalid_types')
}

function tombstone(ts: string): Answer {
  return { type: 'message', subtype: 'tombstone', text: 'This message was deleted.', ts, hidden: true }
}

function channelJson(world: World, channel: Channel): Answer {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: channel.members.has(world.app.userId),
    context_team_id: world.team.id,
    num_members: channel.members.size,
  }
}
