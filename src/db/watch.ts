import { stat } from 'node:fs/promises'
import SqliteFile from 'better-sqlite3'
import { type DriverObserver, isBroken } from './driver.ts'

/** Milliseconds for which every statement must fail before the database counts as lost. */
const PATIENCE = 10_000
/** Consecutive checks that must miss the file. */
const MISSES = 2

/** Why a database can no longer be used, as a sentence; this process cannot recover it. */
export class LostError extends Error {}

/**
 * Detects a database that is beyond recovery: it is damaged, every statement fails although it was reopened, or the file
 * was removed or replaced (SQLite would keep writing to a file that nobody can find).
 */
export class DatabaseWatch implements DriverObserver {
  readonly #file: string
  readonly #lost = new AbortController()
  /** Since when every statement has failed because of the disk, by `performance.now()`. */
  #brokenSince: number | null = null
  #identity: string | null = null
  #misses = 0
  #timer: NodeJS.Timeout | null = null

  constructor(file: string) {
    this.#file = file
  }

  /** Aborted with a LostError once the database is lost. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  worked(): void {
    this.#brokenSince = null
  }

  failed(error: unknown): void {
    const now = performance.now()
    if (isDamaged(error)) this.#lose(`is damaged (${error.message})`, error)
    else if (isBroken(error)) {
      this.#brokenSince ??= now
      if (now - this.#brokenSince >= PATIENCE)
        this.#lose(`can no longer be read or written (${error.message})`, error)
    }
  }

  /** Starts checking every `interval` milliseconds. @param ask a query that reads the file. */
  async start(ask: () => Promise<unknown>, interval: number): Promise<void> {
    if (this.#file === ':memory:') return
    this.#identity = await this.#look()
    this.#timer = setInterval(async () => {
      if (this.#brokenSince !== null) await ask().catch(() => undefined)
      const found = await this.#look()
      this.#misses = found === this.#identity ? 0 : this.#misses + 1
      if (this.#timer !== null && this.#misses >= MISSES) this.#lose('was removed or replaced')
    }, interval).unref()
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  /** @returns what distinguishes the file from another one of the same name; null if there is none. */
  async #look(): Promise<string | null> {
    try {
      return String((await stat(this.#file, { bigint: true })).ino)
    } catch (error) {
      // Failing to check doesn't mean that it is gone.
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      return isGone ? null : this.#identity
    }
  }

  #lose(how: string, cause?: unknown): void {
    this.stop()
    this.#lost.abort(new LostError(`The database ${this.#file} ${how}.`, { cause }))
  }
}

function isDamaged(error: unknown): error is Error {
  return error instanceof SqliteFile.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}
