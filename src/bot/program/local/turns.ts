import PQueue from 'p-queue'
import type { Turns } from '../../../core/model/turns.ts'

/** Turns within one process. Remembers nothing about a key that nobody is waiting for. */
export class LocalTurns implements Turns {
  readonly #lines = new Map<string, PQueue>()

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key) ?? new PQueue({ concurrency: 1 })
    this.#lines.set(key, line)
    try {
      return await line.add(work)
    } finally {
      if (line.size + line.pending === 0) this.#lines.delete(key)
    }
  }
}
