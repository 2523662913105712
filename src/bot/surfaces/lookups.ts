import { LRUCache } from 'lru-cache'
import PQueue from 'p-queue'

interface Answer<T> {
  answer: T
  /** When it was requested, in milliseconds of a monotonic clock. */
  at: number
}

export interface LookupOptions<T> {
  ask: (key: string) => Promise<T>
  /** An answer's weight, 1 or more; 1 by default. The oldest are evicted when the total exceeds `capacity`. */
  weigh?: (answer: T) => number
  capacity: number
  now?: () => number
}

/** The maximum numbers of concurrent and of waiting questions; more are rejected. */
const AT_ONCE = 6
const WAITING = 200

/** A short-lived cache of a platform's answers. Concurrent callers with the same question share one answer. */
export class Lookups<T> {
  readonly #ask: (key: string) => Promise<T>
  readonly #now: () => number
  readonly #known: LRUCache<string, Answer<T>>
  readonly #asking = new Map<string, Promise<T>>()
  readonly #queue = new PQueue({ concurrency: AT_ONCE })

  constructor({ ask, weigh = () => 1, capacity, now = () => performance.now() }: LookupOptions<T>) {
    this.#ask = ask
    this.#now = now
    this.#known = new LRUCache({ maxSize: capacity, sizeCalculation: ({ answer }) => weigh(answer) })
  }

  /**
   * An answer that is at most this many milliseconds old.
   * @throws the error of the request, or an Error if too many questions are already waiting.
   */
  async get(key: string, maxAge: number): Promise<T> {
    const asking = this.#asking.get(key)
    if (asking) return asking
    const before = this.#known.get(key)
    if (before && this.#now() - before.at <= maxAge) return before.answer
    if (this.#queue.size >= WAITING) throw new Error('too many permission lookups are waiting already')
    const answer = this.#find(key).finally(() => this.#asking.delete(key))
    this.#asking.set(key, answer)
    return answer
  }

  async #find(key: string): Promise<T> {
    // Its age counts from the question, not from the answer.
    const at = this.#now()
    this.#known.delete(key)
    const answer = await this.#queue.add(() => this.#ask(key))
    this.#known.set(key, { answer, at })
    return answer
  }
}
