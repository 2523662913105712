import { LRUCache } from 'lru-cache'

/** Counts failed attempts. Machines behind one address need a shared implementation. */
export interface Attempts {
  /** Counts an attempt. @returns false if there have been too many within a minute. */
  count(who: string): Promise<boolean>
}

/** Maximum number per `WITHIN` milliseconds. */
const MOST = 10
const WITHIN = 60_000
/** Maximum number of remembered addresses. */
const KEPT = 10_000

/** Counts in memory, for one process. */
export class LocalAttempts implements Attempts {
  readonly #counts = new LRUCache<string, { count: number }>({ max: KEPT, ttl: WITHIN })

  async count(who: string): Promise<boolean> {
    const known = this.#counts.get(who) ?? { count: 0 }
    known.count += 1
    // The minute starts with the first attempt.
    if (known.count === 1) this.#counts.set(who, known)
    return known.count <= MOST
  }
}
