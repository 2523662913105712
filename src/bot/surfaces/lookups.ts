import PQueue from 'p-queue'

interface Entry<T> {
  answer: Promise<T>
  /** When it was asked for, in milliseconds of a clock that is never put back. */
  at: number
  weight: number
  isPending: boolean
}

export interface LookupOptions<T> {
  ask: (key: string) => Promise<T>
  /** What an answer weighs; 1 by default. The oldest are forgotten when all together weigh more than `capacity`. */
  weigh?: (answer: T) => number
  capacity: number
  now?: () => number
}

/** Questions that are under way at a time, and that wait for it; more are refused. */
const AT_ONCE = 6
const WAITING = 200

/** What a platform was asked, remembered for a short time. Who asks for the same at the same time waits for the same answer. */
export class Lookups<T> {
  readonly #options: Required<LookupOptions<T>>
  readonly #known = new Map<string, Entry<T>>()
  readonly #queue = new PQueue({ concurrency: AT_ONCE })
  #weight = 0

  constructor(options: LookupOptions<T>) {
    this.#options = { weigh: () => 1, now: () => performance.now(), ...options }
  }

  /**
   * An answer that is at most so many milliseconds old.
   * @throws what asking for it fails with; an Error too when too many questions wait already.
   */
  async get(key: string, maxAge: number): Promise<T> {
    const before = this.#known.get(key)
    if (before && (before.isPending || this.#options.now() - before.at <= maxAge)) return before.answer
    if (this.#queue.size >= WAITING) throw new Error('too many permission lookups are waiting already')
    return this.#ask(key).answer
  }

  #ask(key: string): Entry<T> {
    const { now, ask, weigh, capacity } = this.#options
    const answer = this.#queue.add(() => ask(key))
    // It is as old as the question, not as the answer.
    const entry: Entry<T> = { answer, at: now(), weight: 1, isPending: true }
    this.#forget(key)
    this.#known.set(key, entry)
    this.#weight += entry.weight
    answer.then(
      (found) => {
        entry.isPending = false
        this.#weight += weigh(found) - entry.weight
        entry.weight = weigh(found)
        for (const oldest of this.#known.keys()) if (this.#weight > capacity) this.#forget(oldest)
      },
      () => this.#forget(key),
    )
    return entry
  }

  #forget(key: string): void {
    this.#weight -= this.#known.get(key)?.weight ?? 0
    this.#known.delete(key)
  }
}
