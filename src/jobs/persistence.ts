import type { Logger } from 'pino'
import { storageTrouble } from '../core/model/failure.ts'

/** Milliseconds between attempts: the first delay, and the longest. */
const PAUSE = { first: 250, longest: 5000 }

/** Repeats writes that must not be lost until they succeed, however long the disk is full or the database busy. */
export class Persistence {
  readonly #log: Logger
  #isStopped = false
  #hurried = Promise.withResolvers<void>()

  constructor(log: Logger) {
    this.#log = log
  }

  /** @throws errors that have nothing to do with the disk or the database; after `stop`, whatever the last attempt threw. */
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

  /** Retries pending writes immediately, because circumstances may have changed. */
  hurry(): void {
    this.#hurried.resolve()
    this.#hurried = Promise.withResolvers()
  }

  /** From now on, everything is attempted once. */
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
