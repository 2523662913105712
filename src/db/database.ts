import { setImmediate, setTimeout } from 'node:timers/promises'
import { type EntityManager, MikroORM } from '@mikro-orm/sqlite'
import PQueue from 'p-queue'
import { MIGRATIONS, ormConfig } from './orm-config.ts'

/** Milliseconds that a statement waits for another process (`npm run cleanup` beside a bot) to let go of the file. */
const BUSY_TIMEOUT = 10_000

/** Tries to bring a file up to date while another program does the same, and milliseconds between the first two. */
const ATTEMPTS = 6
const PAUSE = 100

/** The database cannot be used; `message` is one sentence for whoever starts the program. */
export class DatabaseError extends Error {}

export interface Database {
  /** A fresh EntityManager: one for each interaction or job. */
  fork(): EntityManager
  /**
   * Runs `work` in one transaction. There is one connection, so whoever else asks waits until it is done:
   * inside, use the given EntityManager only.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T>
  /** Lets go of the file. Whoever asks afterwards gets an error that says so. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Opens a SQLite file (or `:memory:`), in WAL mode with foreign keys on, and brings it up to date, unless `migrate` is
 * false: beside a bot that works on it, it must be so already.
 * @throws DatabaseError when it is no database, cannot be written, or was written by another version of Rushes.
 */
export async function openDatabase(file: string, { migrate = true } = {}): Promise<Database> {
  const orm = await connect(file)
  try {
    await (migrate ? bringUpToDate(orm, file) : requireUpToDate(orm, file))
  } catch (cause) {
    await orm.close(true)
    throw asDatabaseError(file, cause)
  }
  /** One connection takes one transaction at a time. Its statements never wait, so the others get their turn in between. */
  const transactions = new PQueue({ concurrency: 1 })
  const transact = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    void transactions.add(async () => {
      await run(work).then(resolve, reject)
      await setImmediate()
    })
    return promise
  }
  const run = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> =>
    orm.em.fork().transactional(async (em) => {
      // SQLite refuses to turn a read transaction into a writing one once another process has written; a
      // statement that could write takes the lock at the start, and waits for it if it must.
      await em
        .getConnection()
        .execute('delete from handled_events where false', [], 'run', em.getTransactionContext())
      return work(em)
    })
  return {
    fork: () => orm.em.fork(),
    transaction: transact,
    close: () => close(orm),
  }
}

/** @throws DatabaseError when a newer version of Rushes wrote the file, or it is no database. It is left as it is. */
export async function refuseNewerFile(file: string): Promise<void> {
  const orm = await connect(file)
  try {
    await refuseUnknown(orm, file)
  } finally {
    await orm.close(true)
  }
}

/** MikroORM opens the file again for whoever asks after the close; nobody may write once another process may have it. */
async function close(orm: MikroORM): Promise<void> {
  orm.config.set('driverOptions', () => {
    throw new Error('The database is closed: the program is stopping.')
  })
  await orm.close(true)
}

async function connect(file: string): Promise<MikroORM> {
  let orm: MikroORM | undefined
  try {
    orm = await MikroORM.init(ormConfig(file))
    const connection = orm.em.getConnection()
    await connection.execute(`pragma busy_timeout = ${BUSY_TIMEOUT}`)
    await connection.execute('pragma journal_mode = wal')
    // With WAL, NORMAL cannot corrupt the file; a power cut may lose the last transactions, a killed process none.
    await connection.execute('pragma synchronous = normal')
    await connection.execute('pragma foreign_keys = on')
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
      await setTimeout(PAUSE * attempt)
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
