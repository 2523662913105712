import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds that running handlers are given when the program stops. */
const GRACE = 3000

/** The running handlers. */
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

  /** Resolves when the currently running handlers have finished, or after their time limit. */
  async settled(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#work), sleep(GRACE, undefined, { ref: false })])
  }
}
