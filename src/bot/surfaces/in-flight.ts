import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds that handlers in progress get when the program stops. */
const GRACE = 3000

/** The handlers in progress. */
export class InFlight {
  readonly #work = new Set<Promise<unknown>>()

  async track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work)
    try {
      return await work
    } finally {
      this.#work.delete(work)
    }
  }

  /** Resolves when those that are in progress now are over, or after the time that they get. */
  async settled(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#work), sleep(GRACE, undefined, { ref: false })])
  }
}
