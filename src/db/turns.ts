import SqliteFile from 'better-sqlite3'

interface Waiting {
  begin: () => void
  refuse: (error: Error) => void
  timer: NodeJS.Timeout
}

/** A queue for something that only one caller can use at a time: first come, first served, with a deadline for each. */
export class Turns {
  readonly #slice: number
  #isTaken = false
  #waiting: Waiting[] = []
  /** When the event loop last got a turn, by `performance.now()`. */
  #since = 0

  /** @param slice milliseconds for which turns may follow each other before the event loop gets one. */
  constructor(slice: number) {
    this.#slice = slice
  }

  /**
   * Resolves when the caller's turn comes, which lasts until `give`.
   * @param deadline by `performance.now()`.
   * @throws SqliteError `SQLITE_BUSY_TIMEOUT` if it hasn't come by then.
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
   * Ends a turn. From time to time the next one starts only after the event loop has had one, even if callers are waiting:
   * work that goes from promise to promise, such as a series of transactions, must not block everything else.
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

  /** Rejects all waiting callers, whose turn will no longer come. */
  close(error: Error): void {
    for (const { timer, refuse } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      refuse(error)
    }
  }
}

/** The error that SQLite gives when a lock isn't available in time, for our own waiting. */
export function busyError(reason: string): Error {
  return new SqliteFile.SqliteError(`database is locked: ${reason}`, 'SQLITE_BUSY_TIMEOUT')
}
