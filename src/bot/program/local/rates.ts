import { LRUCache } from 'lru-cache'
import type { Rates } from '../../handlers/rates.ts'

/** The size of a burst of requests, and how many per second after that. */
const RATE = { burst: 120, perSecond: 10 }
/** The maximum number of callers to remember; a forgotten one may send a full burst again. */
const CALLERS = 10_000

/** A token bucket for each caller (https://en.wikipedia.org/wiki/Token_bucket), in this process's memory. */
export class LocalRates implements Rates {
  readonly #buckets = new LRUCache<string, { left: number; at: number }>({ max: CALLERS })
  readonly #now: () => number

  /** @param now monotonic time in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  take(who: string): number {
    const at = this.#now()
    const before = this.#buckets.get(who) ?? { left: RATE.burst, at }
    const left = Math.min(RATE.burst, before.left + ((at - before.at) / 1000) * RATE.perSecond)
    const isFree = left >= 1
    this.#buckets.set(who, { left: isFree ? left - 1 : left, at })
    return isFree ? 0 : (1 - left) / RATE.perSecond
  }
}
