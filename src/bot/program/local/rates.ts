import { LRUCache } from 'lru-cache'
import type { Rates } from '../../handlers/rates.ts'

/** Requests that may come at once, and how many a second after that. */
const RATE = { burst: 120, perSecond: 10 }
/** Callers that are counted; a caller that is forgotten may ask for a whole burst again. */
const CALLERS = 10_000

/** A bucket for each caller (https://en.wikipedia.org/wiki/Token_bucket), in the memory of this process. */
export class LocalRates implements Rates {
  readonly #buckets = new LRUCache<string, { left: number; at: number }>({ max: CALLERS })
  readonly #now: () => number

  /** @param now milliseconds that only grow. */
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
