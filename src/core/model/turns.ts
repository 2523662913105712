import PQueue from 'p-queue'

/** Who wants to do the same kind of thing at the same moment does it in turn. Machines that share a database need one of these that they share. */
export interface Turns {
  /** Runs `work` when all that was asked for before under this key is over, whatever became of it. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** For one process. Keeps nothing of a key that nobody waits for. */
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
