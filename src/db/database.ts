import { setTimeout as sleep } from 'node:timers/promises'
import { type EntityManager, MikroORM } from '@mikro-orm/sqlite'
import type { Patience } from './driver.ts'
import { forgetEarlier, forgetFreed } from './forget-freed.ts'
import { MIGRATIONS, ormConfig, PATIENCE } from './orm-config.ts'
import { probe } from './probe.ts'
import { busyError, Turns } from './turns.ts'
import { DatabaseWatch } from './watch.ts'

/** Time limits, in milliseconds. */
export interface DatabaseLimits extends Patience {
  /** A transaction, during which nothing else can use the connection. */
  transaction: number
  /** Between checks that the file is still there. */
  look: number
}

const LIMITS: DatabaseLimits = { ...PATIENCE, transaction: 10_000, look: 2000 }

/** Attempts to migrate a file while another program does the same, and milliseconds between the first two. */
const ATTEMPTS = 6
const PAUSE = 100

/** The database is unusable; `message` is one sentence for the person who starts the program. */
export class DatabaseError extends Error {}

export interface Database {
  /** A new EntityManager: one for each interaction or job. */
  fork(): EntityManager
  /**
   * Runs `work` in one transaction. There is a single connection, so everything else waits until it is done: inside, use only the
   * given EntityManager. Work that takes longer than ten seconds is rolled back.
   * @throws an error with the code SQLITE_BUSY_TIMEOUT in that case, and, like every statement, when the connection or the file
   * isn't free in time.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T>
  /**
   * Removes every trace of deleted data from the database's files. Blocks nobody; returns false if another connection was in use
   * and it has to be done later.
   */
  forgetFreed(): Promise<boolean>
  /** Writes something that takes up space, as a new draft would; throws if that is not possible. */
  probe(): Promise<void>
  /** Aborted, with a one-sentence error, once the database is lost and this process cannot recover it. */
  readonly lost: AbortSignal
  /** Closes the file. Later queries fail with an error that says so. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Opens a SQLite file (or `:memory:`), in WAL mode with foreign keys on, and migrates it unless `migrate` is false: while a
 * bot is using it, it must be up to date already.
 * @throws DatabaseError if it is not a database, is read-only, or was written by another version of Rushes.
 */
export async function openDatabase(
  file: string,
  { migrate = true, ...given }: { migrate?: boolean } & Partial<DatabaseLimits> = {},
): Promise<Database> {
  const limits = { ...LIMITS, ...given }
  const watch = new DatabaseWatch(file)
  const orm = await connect(file, watch, limits)
  try {
    await (migrate ? bringUpToDate(orm, file) : requireUpToDate(orm, file))
    if (migrate) await forgetEarlier(orm.em.fork())
  } catch (cause) {
    await orm.close(true)
    throw asDatabaseError(file, cause)
  }
  // Transactions wait for each other here, so that other statements wait for at most one of them at the connection.
  const turns = new Turns(0)
  const transaction = async <T>(work: (em: EntityManager) => Promise<T>): Promise<T> => {
    await turns.take(performance.now() + limits.turn)
    try {
      return await orm.em.fork().transactional((em) => inTime(limits.transaction, work(em)))
    } finally {
      turns.give()
    }
  }
  const ask = () => orm.em.fork().getConnection().execute('select count(*) from sqlite_schema')
  await watch.start(ask, limits.look)
  return {
    fork: () => orm.em.fork(),
    transaction,
    forgetFreed: () => forgetFreed(file),
    probe: () => transaction(probe),
    lost: watch.lost,
    close: () => {
      watch.stop()
      turns.close(new Error('The database is closed.'))
      return close(orm)
    },
  }
}

/** A transaction that waits for something that never happens releases the connection anyway. */
async function inTime<T>(longest: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(busyError(`a transaction took longer than ${longest} ms and was rolled back`)),
    longest,
  )
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** @throws DatabaseError if a newer version of Rushes wrote the file, or if it is not a database. The file is left unchanged. */
export async function refuseNewerFile(file: string): Promise<void> {
  const orm = await connect(file, new DatabaseWatch(file), LIMITS)
  try {
    await refuseUnknown(orm, file)
  } finally {
    await orm.close(true)
  }
}

/** MikroORM would reopen the file for a query after the close, but nothing may be written once another process can have it. */
async function close(orm: MikroORM): Promise<void> {
  orm.config.set('driverOptions', () => {
    throw new Error('The database is closed: the program is stopping.')
  })
  await orm.close(true)
}

async function connect(file: string, watch: DatabaseWatch, patience: Patience): Promise<MikroORM> {
  let orm: MikroORM | undefined
  try {
    orm = await MikroORM.init(ormConfig(file, watch, patience))
    await orm.em.getConnection().execute('pragma journal_mode = wal')
    return orm
  } catch (cause) {
    await orm?.close(true)
    throw asDatabaseError(file, cause)
  }
}

async function bringUpToDate(orm: MikroORM, file: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1)
    try {
      await refuseUnknown(orm, file)
      await orm.migrator.up()
      return
    } catch (error) {
      // All migrations are one transaction, so this is another program that is creating the same file right now.
      const isBeingMade = error instanceof Error && /already exists|is locked/.test(error.message)
      if (!isBeingMade || attempt === ATTEMPTS) throw error
      await sleep(PAUSE * attempt)
    }
}

async function requireUpToDate(orm: MikroORM, file: string): Promise<void> {
  await refuseUnknown(orm, file)
  if ((await orm.migrator.getPending()).length === 0) return
  throw new DatabaseError(
    `The database ${file} was written by an older version of Rushes. Start the bot once: it brings it up to date.`,
  )
}

async function refuseUnknown(orm: MikroORM, file: string): Promise<void> {
  const known = new Set(MIGRATIONS.map(({ name }) => name))
  const executed = await orm.migrator.getExecuted()
  const unknown = executed.filter(({ name }) => !known.has(name))
  if (unknown.length === 0) return
  const names = unknown.map(({ name }) => name).join(', ')
  throw new DatabaseError(
    `The database ${file} was written by a newer version of Rushes (it has ${names}). Update Rushes, or use another DATA_DIR.`,
  )
}

function asDatabaseError(file: string, cause: unknown): DatabaseError {
  if (cause instanceof DatabaseError) return cause
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
  return new DatabaseError(`The database ${file} cannot be used: ${reason}`, { cause })
}
