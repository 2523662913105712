import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'

/** Milliseconds for which a repeated problem is logged only once, and the maximum number of remembered problems. */
const REST = 10 * 60_000
const REMEMBERED = 500

const saidOn = new WeakMap<Logger, LRUCache<string, true>>()

/**
 * Logs a recurring problem, for example one that every view of a page meets: at most once in ten minutes per cause.
 * @param about `err` is the cause; `draft` to count each draft separately.
 */
export function warnRarely(log: Logger, about: { err: unknown; draft?: string }, sentence: string): void {
  const said = saidOn.get(log) ?? new LRUCache<string, true>({ max: REMEMBERED, ttl: REST })
  saidOn.set(log, said)
  const key = [sentence, about.draft, causeOf(about.err)].join('\n')
  if (said.has(key)) return
  said.set(key, true)
  log.warn(about, sentence)
}

/** The error's code, because messages also contain file names, of which there may be many. */
function causeOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err)
  return 'code' in err && typeof err.code === 'string' ? err.code : `${err.name} ${err.message.slice(0, 200)}`
}
