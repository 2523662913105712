import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'

/** Milliseconds in which the same trouble is written to the log once, and troubles that are remembered. */
const REST = 10 * 60_000
const REMEMBERED = 500

const saidOn = new WeakMap<Logger, LRUCache<string, true>>()

/**
 * Warns of what is met again and again, such as with every look at a page: once in ten minutes for each cause.
 * @param about `err` is the cause; `draft` where each draft is one of its own.
 */
export function warnRarely(log: Logger, about: { err: unknown; draft?: string }, sentence: string): void {
  const said = saidOn.get(log) ?? new LRUCache<string, true>({ max: REMEMBERED, ttl: REST })
  saidOn.set(log, said)
  const key = [sentence, about.draft, causeOf(about.err)].join('\n')
  if (said.has(key)) return
  said.set(key, true)
  log.warn(about, sentence)
}

/** A code says what it is; messages name the file too, of which there may be many. */
function causeOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err)
  return 'code' in err && typeof err.code === 'string' ? err.code : `${err.name} ${err.message.slice(0, 200)}`
}
