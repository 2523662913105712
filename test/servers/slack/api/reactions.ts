import { type Caller, find, visibleChannel } from './posting.ts'
import { type Answer, type Args, Refusal, required } from './refusal.ts'

/** The emoji available to tests. */
const NAMES = new Set(['memo', 'bulb', 'eyes', 'thumbsup', 'white_check_mark'])

/** https://docs.slack.dev/reference/methods/reactions.add */
export const reactions = {
  'reactions.add': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const channel = visibleChannel(caller, args)
    if (channel.archived) throw new Refusal('is_archived')
    if (!channel.members.has(world.app.userId)) throw new Refusal('not_in_channel')
    const name = required(args, 'name')
    if (!NAMES.has(name)) throw new Refusal('invalid_name')
    const ts = required(args, 'timestamp')
    if (!/^\d{10}\.\d{6}$/.test(ts)) throw new Refusal('bad_timestamp')
    const message = find(world, channel.id, ts)
    if (message === undefined || message.deleted) throw new Refusal('message_not_found')
    const who = message.reactions.get(name) ?? new Set()
    if (who.has(world.app.userId)) throw new Refusal('already_reacted')
    message.reactions.set(name, who.add(world.app.userId))
    return {}
  },
}
