import type { Logger } from 'pino'
import { storageTrouble } from '../core/model/failure.ts'

/** Milliseconds before something is tried again: at first, and at the most. */
const PAUSE = { first: 250, longest: 5000 }

/** Does what must be written down until it is, however long the disk is full or the database busy. */
export class Persistence {
  readonly #log: Logger
  #isStopped = false
  #hurried = Promise.withResolvers<void>()

  constructor(log: Logger) {
    this.#log = log
  }

  /** @throws what has nothing to do with disk and database; after `stop`, whatever the last try threw. */
  async until<T>(work: () => Promise<T>): Promise<T> {
    for (let pause = PAUSE.first; ; pause = Math.min(PAUSE.longest, pause * 2))
      try {
        return await work()
      } catch (error) {
        if (this.#isStopped || !storageTrouble(error)) throw error
        this.#log.warn({ err: error, pause }, 'something could not be saved yet; trying again')
        await this.#wait(pause)
      }
  }

  /** Something may be different now: what waits is tried at once. */
  hurry(): void {
    this.#hurried.resolve()
    this.#hurried = Promise.withResolvers()
  }

  /** From now on everything is tried once. */
  stop(): void {
    this.#isStopped = true
    this.hurry()
  }

  async #wait(pause: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, pause)
    await Promise.race([promise, this.#hurried.promise])
    clearTimeout(timer)
  }
}
