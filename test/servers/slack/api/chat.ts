import { LIMITS } from '../limits.ts'
import type { World } from '../world.ts'
import {
  type Caller,
  content,
  edit,
  find,
  messageJson,
  mustBeAbleToPost,
  ownMessage,
  post,
  repliesOf,
  threadRoot,
  visibleChannel,
} from './posting.ts'
import { type Answer, type Args, isTrue, Refusal, required } from './refusal.ts'

/** https://docs.slack.dev/reference/methods?family=chat */
export const chat = {
  'chat.postMessage': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const channel = visibleChannel(caller, { channel: directMessage(world, required(args, 'channel')) })
    mustBeAbleToPost(caller, channel)
    if (['username', 'icon_url', 'icon_emoji'].some((name) => args[name] !== undefined)) {
      caller.needScope('chat:write.customize')
    }
    const { text, blocks = [] } = content(world, args, LIMITS.postedText.max)
    if (text === '' && blocks.length === 0) throw new Refusal('no_text')
    if (blocks.some((b) => b.type === 'video')) caller.needScope('links.embed:write')
    const threadTs = threadRoot(world, channel, args)
    const mrkdwn = args.mrkdwn === undefined || isTrue(args, 'mrkdwn')
    const message = post(world, {
      channel: channel.id,
      user: world.app.userId,
      text,
      blocks,
      threadTs,
      mrkdwn,
    })
    return { channel: channel.id, ts: message.ts, message: messageJson(world, message) }
  },

  'chat.update': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const channel = visibleChannel(caller, args)
    mustBeAbleToPost(caller, channel, false)
    const message = ownMessage(caller, channel, args, 'cant_update_message')
    const given = content(world, args, LIMITS.updatedText.max)
    if (given.text === '' && given.blocks === undefined) throw new Refusal('no_text')
    // Text alone removes the blocks; blocks alone keep the text.
    const text = args.text === undefined ? message.text : given.text
    edit(world, message, { text, blocks: given.blocks ?? [] })
    return { channel: channel.id, ts: message.ts, text, message: messageJson(world, message) }
  },

  'chat.delete': (caller: Caller, args: Args): Answer => {
    const channel = visibleChannel(caller, args)
    const message = ownMessage(caller, channel, args, 'cant_delete_message')
    message.deleted = true
    return { channel: channel.id, ts: message.ts }
  },

  'chat.postEphemeral': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const channel = visibleChannel(caller, args)
    const user = required(args, 'user')
    mustBeAbleToPost(caller, channel, false)
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel')
    const { text, blocks = [] } = content(world, args, LIMITS.postedText.max)
    if (text === '' && blocks.length === 0) throw new Refusal('no_text')
    const threadTs = threadRoot(world, channel, args)
    const message = post(world, {
      channel: channel.id,
      user: world.app.userId,
      text,
      blocks,
      threadTs,
      ephemeralTo: user,
    })
    return { message_ts: message.ts }
  },

  'chat.getPermalink': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const channel = visibleChannel(caller, args)
    const message = find(world, channel.id, required(args, 'message_ts'))
    const gone = message === undefined || (message.deleted && repliesOf(world, message).length === 0)
    if (gone) throw new Refusal('message_not_found')
    const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`
    const path = `${channel.id}/p${message.ts.replace('.', '')}${thread}`
    return { channel: channel.id, permalink: `https://${world.team.domain}.slack.com/archives/${path}` }
  },
}

/** chat.postMessage also accepts a user id and writes to that person directly. */
function directMessage(world: World, target: string): string {
  if (!world.users.has(target)) return target
  return openDirect(world, target)
}

/** The conversation between the bot and one person, created if needed. */
export function openDirect(world: World, user: string): string {
  const existing = [...world.channels.values()].find((c) => c.kind === 'im' && c.members.has(user))
  if (existing !== undefined) return existing.id
  const id = world.nextId('D')
  const members = new Set([user, world.app.userId])
  world.channels.set(id, { id, name: '', kind: 'im', members, archived: false })
  return id
}
