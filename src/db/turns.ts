import SqliteFile from 'better-sqlite3'

interface Waiting {
  begin: () => void
  refuse: (error: Error) => void
  timer: NodeJS.Timeout
}

/** Whose turn it is at something that only one can use at a time: in the order of asking, and nobody waits for ever. */
export class Turns {
  readonly #slice: number
  #isTaken = false
  #waiting: Waiting[] = []
  /** Of `performance.now()`: when the event loop was last let in. */
  #since = 0

  /** @param slice milliseconds for which turns may follow each other before the event loop is let in. */
  constructor(slice: number) {
    this.#slice = slice
  }

  /**
   * Resolves when it is the caller's turn, which lasts until `give`.
   * @param deadline of `performance.now()`.
   * @throws SqliteError `SQLITE_BUSY_TIMEOUT` when it has not come by then.
   */
  async take(deadline: number): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting)
      reject(busyError('the connection was not released in time'))
    }, deadline - performance.now())
    const waiting = { begin: resolve, refuse: reject, timer }
    this.#waiting.push(waiting)
    await promise
  }

  /**
   * Ends a turn. Now and then the next one begins only when the event loop has had one too, whether or not somebody waits
   * already: work that goes on from promise to promise, a row of transactions for one, must not stop all else.
   */
  give(): void {
    if (performance.now() - this.#since < this.#slice) this.#next()
    else
      setImmediate(() => {
        this.#since = performance.now()
        this.#next()
      })
  }

  #next(): void {
    const next = this.#waiting.shift()
    this.#isTaken = next !== undefined
    if (!next) return
    clearTimeout(next.timer)
    next.begin()
  }

  /** Tells all who wait that their turn does not come any more. */
  close(error: Error): void {
    for (const { timer, refuse } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      refuse(error)
    }
  }
}

/** What SQLite says where a lock could not be had in time, for a wait of ours. */
export function busyError(reason: string): Error {
  return new SqliteFile.SqliteError(`database is locked: ${reason}`, 'SQLITE_BUSY_TIMEOUT')
}
