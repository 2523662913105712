import { LRUCache } from 'lru-cache'
import PQueue from 'p-queue'

interface Answer<T> {
  answer: T
  /** When it was asked for, in milliseconds of a clock that is never put back. */
  at: number
}

export interface LookupOptions<T> {
  ask: (key: string) => Promise<T>
  /** What an answer weighs, from 1; 1 by default. The oldest are forgotten when all together weigh more than `capacity`. */
  weigh?: (answer: T) => number
  capacity: number
  now?: () => number
}

/** Questions that are under way at a time, and that wait for it; more are refused. */
const AT_ONCE = 6
const WAITING = 200

/** What a platform was asked, remembered for a short time. Who asks for the same at the same time waits for the same answer. */
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
   * An answer that is at most so many milliseconds old.
   * @throws what asking for it fails with; an Error too when too many questions wait already.
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
    // It is as old as the question, not as the answer.
    const at = this.#now()
    this.#known.delete(key)
    const answer = await this.#queue.add(() => this.#ask(key))
    this.#known.set(key, { answer, at })
    return answer
  }
}
