import { setTimeout as sleep } from 'node:timers/promises'
import SqliteFile from 'better-sqlite3'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely'
import { busyError, Turns } from './turns.ts'

/** Is notified of the outcome of each statement. */
export interface DriverObserver {
  worked(): void
  failed(error: unknown): void
}

/** Time limits for waiting, in milliseconds. */
export interface Patience {
  /** For a statement or a transaction to get its turn. */
  turn: number
  /** For a lock on the file that another process holds. */
  lock: number
}

/** Milliseconds for which short statements may follow each other before the event loop gets a turn. */
const SLICE = 5
/** Milliseconds between attempts to get such a lock: the first delay, and the longest. */
const PAUSE = { first: 5, longest: 50 }

/**
 * A single better-sqlite3 connection, used in turns. Kysely's own SQLite driver loses the connection for good when a transaction
 * cannot be started or rolled back: after a full disk or an I/O error SQLite has already rolled back, and `rollback` is an error.
 * Here the connection is always released. better-sqlite3 blocks the whole process while it waits for a lock; here it never waits,
 * but tries again after a pause in which others have their turn.
 */
export class PatientDriver implements Driver {
  readonly #file: string
  readonly #observer: DriverObserver
  readonly #patience: Patience
  readonly #turns = new Turns(SLICE)
  #db: SqliteFile.Database | null = null
  /** True after an I/O error; the next statement gets a new connection. */
  #isSuspect = false
  #isClosed = false

  constructor(file: string, observer: DriverObserver, patience: Patience) {
    this.#file = file
    this.#observer = observer
    this.#patience = patience
  }

  async init(): Promise<void> {
    this.#db = this.#open()
  }

  async acquireConnection(): Promise<Turn> {
    const deadline = performance.now() + this.#patience.turn
    await this.#turns.take(deadline)
    return new Turn(this, deadline)
  }

  async releaseConnection(turn: Turn): Promise<void> {
    this.#end(turn)
  }

  /** Locks the file for writing immediately, because SQLite refuses to turn a reading transaction into a writing one. */
  async beginTransaction(turn: Turn, { accessMode }: TransactionSettings): Promise<void> {
    const begin = accessMode === 'read only' ? 'begin' : 'begin immediate'
    try {
      await this.#untilFree(turn, () => this.#run(begin))
      turn.inTransaction = true
    } catch (error) {
      // Kysely doesn't release a connection on which no transaction could be started.
      this.#end(turn)
      throw error
    }
  }

  async commitTransaction(turn: Turn): Promise<void> {
    this.#requireTransaction(turn)
    // Nobody else may use the connection until then, and SQLite keeps a transaction that cannot be committed yet.
    await retryBusy(this.#patience.lock, () => this.#run('commit'))
    turn.inTransaction = false
  }

  /** Never fails: what cannot be rolled back on this connection is discarded with it. */
  async rollbackTransaction(turn: Turn): Promise<void> {
    turn.inTransaction = false
    if (!turn.isHeld || !this.#db?.inTransaction) return
    try {
      this.#run('rollback')
    } catch {
      this.#drop()
    }
  }

  async savepoint(turn: Turn, name: string): Promise<void> {
    this.runIn(turn, `savepoint "${name}"`)
  }

  async rollbackToSavepoint(turn: Turn, name: string): Promise<void> {
    // A transaction that SQLite has rolled back has lost its savepoints, too.
    if (this.#db?.inTransaction) this.runIn(turn, `rollback to "${name}"`)
  }

  async releaseSavepoint(turn: Turn, name: string): Promise<void> {
    this.runIn(turn, `release "${name}"`)
  }

  async destroy(): Promise<void> {
    this.#isClosed = true
    this.#turns.close(new Error('The database is closed.'))
    this.#db?.close()
  }

  /** Runs a statement outside a transaction, once nobody else holds a lock that it needs. */
  async runAlone(turn: Turn, query: CompiledQuery): Promise<QueryResult<never>> {
    if (!turn.isHeld) throw new Error('The transaction is over.')
    return this.#untilFree(turn, () => this.#run(query.sql, query.parameters))
  }

  /** @throws the error that ended the transaction, if it is over: none of it may be written outside the transaction. */
  runIn(turn: Turn, sql: string, parameters: readonly unknown[] = []): QueryResult<never> {
    this.#requireTransaction(turn)
    try {
      return this.#run(sql, parameters)
    } catch (error) {
      if (!this.#db?.inTransaction) turn.endedBy = error
      throw error
    }
  }

  #run(sql: string, parameters: readonly unknown[] = []): QueryResult<never> {
    try {
      const statement = this.#connection().prepare(withoutNul(sql))
      const result = statement.reader
        ? { rows: statement.all(parameters) as never[] }
        : changed(statement.run(parameters))
      this.#observer.worked()
      return result
    } catch (error) {
      this.#isSuspect ||= isBroken(error)
      this.#observer.failed(error)
      throw error
    }
  }

  #connection(): SqliteFile.Database {
    // Within a transaction, the next statement would run outside of it, on a new connection.
    if (this.#isSuspect && !this.#db?.inTransaction) this.#drop()
    if (this.#isClosed) throw new Error('The database is closed.')
    this.#db ??= this.#open()
    return this.#db
  }

  /** Makes the next statement reopen the file; what this connection has not committed is rolled back. */
  #drop(): void {
    this.#isSuspect = false
    // A database in memory would be gone with its connection.
    if (this.#file === ':memory:') return
    this.#db?.close()
    this.#db = null
  }

  #open(): SqliteFile.Database {
    const db = new SqliteFile(this.#file, { timeout: 0 })
    db.pragma('foreign_keys = on')
    // In KiB. The system keeps the file in its own memory, too; by default this one takes 16 MB.
    db.pragma('cache_size = -4000')
    // With WAL, NORMAL cannot corrupt the file. A power cut may lose the last transactions, a killed process none.
    db.pragma('synchronous = normal')
    // Deleted data is overwritten, not just marked as free.
    db.pragma('secure_delete = on')
    return db
  }

  /** Gives its turn away between attempts: readers need not wait for a write lock. */
  #untilFree<T>(turn: Turn, work: () => T): Promise<T> {
    return retryBusy(this.#patience.lock, work, async (pause) => {
      this.#end(turn)
      await sleep(pause)
      await this.#turns.take(turn.deadline)
      turn.isHeld = true
    })
  }

  #requireTransaction(turn: Turn): void {
    if (turn.isHeld && this.#db?.inTransaction) return
    throw turn.endedBy ?? new Error('The transaction is over.')
  }

  #end(turn: Turn): void {
    if (!turn.isHeld) return
    turn.isHeld = false
    this.#turns.give()
  }
}

/** One turn at the connection: a statement or a transaction. */
class Turn implements DatabaseConnection {
  readonly #driver: PatientDriver
  /** Until when it may wait for others, by `performance.now()`. */
  readonly deadline: number
  isHeld = true
  inTransaction = false
  /** The error that made SQLite roll the transaction back. */
  endedBy: unknown

  constructor(driver: PatientDriver, deadline: number) {
    this.#driver = driver
    this.deadline = deadline
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.inTransaction) return this.#driver.runAlone(this, query)
    return this.#driver.runIn(this, query.sql, query.parameters)
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }
}

/** @throws SqliteError `SQLITE_BUSY_TIMEOUT` if another process doesn't release the file in time. */
async function retryBusy<T>(
  patience: number,
  work: () => T,
  wait: (pause: number) => Promise<void> = sleep,
): Promise<T> {
  const deadline = performance.now() + patience
  for (let pause = PAUSE.first; ; pause = Math.min(PAUSE.longest, pause * 2))
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() >= deadline) throw busyError('another process did not release the file in time')
      await wait(pause)
    }
}

/**
 * MikroORM writes values into the statement, and SQLite stops reading a statement at its first NUL. A string that contains
 * one, the only place where it can occur, is concatenated from its parts.
 */
function withoutNul(sql: string): string {
  return sql.includes('\0') ? sql.replaceAll('\0', "'||char(0)||'") : sql
}

/** BUSY: another process holds the lock; PROTOCOL: many want it at the same time. */
function isBusy(error: unknown): boolean {
  return error instanceof SqliteFile.SqliteError && /^SQLITE_(BUSY|PROTOCOL)/.test(error.code)
}

/** True for an error that isn't the statement's fault: the disk or the memory failed. */
export function isBroken(error: unknown): error is Error {
  return error instanceof SqliteFile.SqliteError && /^SQLITE_(IOERR|NOMEM|CANTOPEN)/.test(error.code)
}

function changed({ changes, lastInsertRowid }: SqliteFile.RunResult): QueryResult<never> {
  return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] }
}
