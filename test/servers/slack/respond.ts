import { content, edit, post } from './api/posting.ts'
import { type Args, isTrue, optional, Refusal } from './api/refusal.ts'
import { LIMITS } from './limits.ts'
import type { Message, ResponseUrl, World } from './world.ts'

/** A new response_url for one interaction: five uses in thirty minutes. */
export function newResponseUrl(
  world: World,
  given: Pick<ResponseUrl, 'user' | 'channel' | 'message' | 'onMessage'>,
): string {
  const id = world.nextId('R')
  world.responseUrls.set(id, {
    uses: 0,
    expiresAt: Date.now() + LIMITS.responseUrlMilliseconds.max,
    ...given,
  })
  return `${world.baseUrl}/response/${id}`
}

/** Handles a post to a response_url. Throws a `Refusal` with Slack's error. */
export function useResponseUrl(world: World, id: string, args: Args): void {
  const target = world.responseUrls.get(id)
  if (target === undefined) throw new Refusal('invalid_url')
  if (Date.now() > target.expiresAt) throw new Refusal('expired_url')
  if (target.uses >= LIMITS.responseUrlUses.max) throw new Refusal('used_url')
  const unknown = Object.keys(args).filter((key) => !KNOWN.has(key))
  if (unknown.length > 0) throw new Refusal('invalid_arguments', { unknown })
  respond(world, target, args)
  target.uses += 1
}

/** The effect of a post to a response_url, or of the body of a command's acknowledgement. */
export function respond(world: World, target: ResponseUrl, args: Args): void {
  const original = target.message
  if (isTrue(args, 'delete_original')) {
    if (original === undefined || original.deleted) throw new Refusal('message_not_found')
    original.deleted = true
    world.signal.changed()
    return
  }
  const { text, blocks = [] } = content(world, args, LIMITS.postedText.max)
  if (text === '' && blocks.length === 0) throw new Refusal('no_text')
  if (isTrue(args, 'replace_original')) {
    if (original === undefined || original.deleted) throw new Refusal('message_not_found')
    edit(world, original, { text, blocks })
    target.onMessage(original)
    return
  }
  const type = optional(args, 'response_type') ?? 'ephemeral'
  if (type !== 'ephemeral' && type !== 'in_channel') throw new Refusal('invalid_response_type')
  const message: Message = post(world, {
    channel: target.channel,
    user: world.app.userId,
    text,
    blocks,
    threadTs: optional(args, 'thread_ts'),
    ephemeralTo: type === 'ephemeral' ? target.user : undefined,
  })
  // Later uses of the same response_url can replace what the first one posted.
  target.message ??= message
  target.onMessage(message)
}

const KNOWN = new Set([
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'mrkdwn',
  'unfurl_links',
  'unfurl_media',
])
