import { createHash } from 'node:crypto'
import { type APIMessage, MessageFlags, type REST, Routes, SnowflakeUtil } from 'discord.js'
import type { EarlierTry } from '../../thread/chat.ts'
import { DISCORD_LIMITS } from './limits.ts'
import type { Payload } from './message.ts'

/** Milliseconds for which Discord's own nonces are relied on; it keeps them for “the past few minutes”. */
const NONCE_TRUSTED = 2 * 60_000
/** Milliseconds by which this clock may be ahead of Discord's. */
const SKEW = 5 * 60_000
/** Pages of a channel that are looked through from the moment of the earlier try on. */
const PAGES = 10

/** The same body with an id on its container, by which the message is found again: Discord keeps ids of components. */
export function marked({ components, ...body }: Payload['body'], nonce: string): Payload['body'] {
  const [container, ...rest] = components
  return { ...body, components: container ? [{ ...container, id: markOf(nonce) }, ...rest] : [] }
}

/**
 * The message that an earlier try has sent, if it got through and the process ended before it could write that down.
 * Looks only where Discord itself would not find the repetition by its nonce.
 */
export async function findEarlier(
  { rest, botId }: { rest: REST; botId: string },
  channelId: string,
  nonce: string,
  { at, event }: EarlierTry,
): Promise<APIMessage | undefined> {
  // A clock that was put back makes it seem to come: then it is looked for.
  const age = at === null ? 0 : Date.now() - at.getTime()
  if (event === null && age >= 0 && age < NONCE_TRUSTED) return undefined
  const mark = markOf(nonce)
  let after = event ?? String(SnowflakeUtil.generate({ timestamp: (at?.getTime() ?? 0) - SKEW }))
  for (let page = 0; page < PAGES; page++) {
    const query = new URLSearchParams({ after, limit: String(DISCORD_LIMITS.page) })
    const messages = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[]
    const found = messages.find((message) => {
      if (message.author.id !== botId || isThinking(message)) return false
      const answers = event !== null && message.interaction_metadata?.id === event
      return answers || message.components?.[0]?.id === mark
    })
    // Newest first; the pages go on from the newest of each.
    const [newest] = messages
    if (found || !newest || messages.length < DISCORD_LIMITS.page) return found
    after = newest.id
  }
  return undefined
}

/** “Thinking” that nobody has filled in, and nobody can any more. */
function isThinking({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Loading) !== 0
}

/** 31 bits, and none of the small numbers that Discord gives to the other components of a message. */
function markOf(nonce: string): number {
  return (createHash('sha256').update(nonce).digest().readUInt32BE() >>> 1) | 0x1000
}
