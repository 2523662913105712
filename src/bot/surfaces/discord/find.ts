import { createHash } from 'node:crypto'
import { type APIMessage, MessageFlags, type REST, Routes, SnowflakeUtil } from 'discord.js'
import type { EarlierTry } from '../../thread/chat.ts'
import { DISCORD_LIMITS } from './limits.ts'
import type { Payload } from './message.ts'

/** Milliseconds for which we rely on Discord's nonces, which it keeps for “the past few minutes”. */
const NONCE_TRUSTED = 2 * 60_000
/** Milliseconds by which our clock may be ahead of Discord's. */
const SKEW = 5 * 60_000
/** Maximum number of pages of a channel to search, starting at the time of the earlier attempt. */
const PAGES = 10

/** The same body with an id on its container, which identifies the message: Discord preserves component ids. */
export function marked({ components, ...body }: Payload['body'], nonce: string): Payload['body'] {
  const [container, ...rest] = components
  return { ...body, components: container ? [{ ...container, id: markOf(nonce) }, ...rest] : [] }
}

/**
 * The message sent by an earlier attempt, if it got through but the process died before recording it. Only searches if
 * Discord itself would not recognise the duplicate by its nonce.
 */
export async function findEarlier(
  { rest, botId }: { rest: REST; botId: string },
  channelId: string,
  nonce: string,
  { at, event }: EarlierTry,
): Promise<APIMessage | undefined> {
  // If the clock was set back, the attempt seems to be in the future; then the search is done, too.
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
    // Newest first; each page continues from the newest message of the previous one.
    const [newest] = messages
    if (found || !newest || messages.length < DISCORD_LIMITS.page) return found
    after = newest.id
  }
  return undefined
}

/** A “Thinking…” that was never filled in, and no longer can be. */
function isThinking({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Loading) !== 0
}

/** 31 bits, avoiding the small numbers that Discord gives to a message's other components. */
function markOf(nonce: string): number {
  return (createHash('sha256').update(nonce).digest().readUInt32BE() >>> 1) | 0x1000
}
