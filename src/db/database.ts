import { setTimeout as sleep } from 'node:timers/promises'
import { type EntityManager, MikroORM } from '@mikro-orm/sqlite'
import type { Patience } from './driver.ts'
import { forgetEarlier, forgetFreed } from './forget-freed.ts'
import { MIGRATIONS, ormConfig, PATIENCE } from './orm-config.ts'
import { probe } from './probe.ts'
import { busyError, Turns } from './turns.ts'
import { DatabaseWatch } from './watch.ts'

/** How long something may take, in milliseconds. */
export interface DatabaseLimits extends Patience {
  /** A transaction, in which nobody else can have the connection. */
  transaction: number
  /** Between two looks whether the file is still there. */
  look: number
}

const LIMITS: DatabaseLimits = { ...PATIENCE, transaction: 10_000, look: 2000 }

/** Tries to bring a file up to date while another program does the same, and milliseconds between the first two. */
const ATTEMPTS = 6
const PAUSE = 100

/** The database cannot be used; `message` is one sentence for the person who starts the program. */
export class DatabaseError extends Error {}

export interface Database {
  /** A fresh EntityManager: one for each interaction or job. */
  fork(): EntityManager
  /**
   * Runs `work` in one transaction. There is one connection, so everything else waits until it is done:
   * inside, use the given EntityManager only. Work that takes longer than ten seconds is undone.
   * @throws an error with the code SQLITE_BUSY_TIMEOUT when that is so, or when others did not let go in time, as every
   * statement does.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T>
  /**
   * Leaves nothing of what was deleted in the files of the database. Blocks nobody; false when another connection was in use and
   * it has to be done another time.
   */
  forgetFreed(): Promise<boolean>
  /** Writes something and takes some room, as a new draft would; throws what keeps it from doing so. */
  probe(): Promise<void>
  /** Aborted, with an error of one sentence, once the database is lost: nothing that this process does can help it. */
  readonly lost: AbortSignal
  /** Lets go of the file. Later queries get an error that says so. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Opens a SQLite file (or `:memory:`), in WAL mode with foreign keys on, and brings it up to date, unless `migrate` is
 * false: beside a bot that works on it, it must be so already.
 * @throws DatabaseError when it is no database, cannot be written, or was written by another version of Rushes.
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
  // Transactions wait for each other here, so that a statement of somebody else waits at the connection for one of them at most.
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

/** Whatever waits for something that does not come lets go of the connection all the same. */
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

/** @throws DatabaseError when a newer version of Rushes wrote the file, or it is no database. It is left as it is. */
export async function refuseNewerFile(file: string): Promise<void> {
  const orm = await connect(file, new DatabaseWatch(file), LIMITS)
  try {
    await refuseUnknown(orm, file)
  } finally {
    await orm.close(true)
  }
}

/** MikroORM would open the file again for a query after the close; nobody may write once another process may have it. */
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
      // All migrations are one transaction, so this is another program that is making the same file at this moment.
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
