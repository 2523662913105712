import { LRUCache } from 'lru-cache'

/** Counts what somebody tries in vain. Machines that stand behind one address need one of these that they share. */
export interface Attempts {
  /** Counts one more. @returns false where there have been too many within a minute. */
  count(who: string): Promise<boolean>
}

/** In a minute. */
const MOST = 10
const WITHIN = 60_000
/** Addresses that are remembered. */
const KEPT = 10_000

/** For one process, and until it ends. */
export class LocalAttempts implements Attempts {
  readonly #counts = new LRUCache<string, { count: number }>({ max: KEPT, ttl: WITHIN })

  async count(who: string): Promise<boolean> {
    const known = this.#counts.get(who) ?? { count: 0 }
    known.count += 1
    // Counted from the first one.
    if (known.count === 1) this.#counts.set(who, known)
    return known.count <= MOST
  }
}
