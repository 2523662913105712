import type { Logger } from 'pino'
import { storageTrouble } from '../../../core/model/failure.ts'
import type { Database } from '../../../db/database.ts'
import type { JobKind } from '../../../db/entities/job.ts'
import { stuckJob } from './stuck-job.ts'

export interface HealthOptions {
  db: Database
  log: Logger
  /** False until the program is running, and again once it stops. */
  isWorking: () => boolean
  /** The platforms that are disconnected, and since when. */
  down: () => { surface: string; since: Date }[]
  /** Milliseconds since a job of a kind last ran; 0 while one is running. */
  idleFor: (kind: JobKind) => number
  /** Free bytes on the disk. */
  freeBytes: () => Promise<number>
  now?: () => Date
}

/** Milliseconds for which a missing connection is normal, since platforms close them from time to time. */
const PATIENCE = 60_000
/** Milliseconds in which every request is answered. */
const LIMIT = 2000
/** Bytes that must be free for anything to be written. */
const LEAST_FREE = 1024 ** 2
const FULL = 'the disk is full, so nothing can be saved'

/**
 * One line about what keeps the program from working, or null; logged when it changes. Always answers within two seconds, and
 * concurrent callers get the same answer.
 */
export function createHealth(options: HealthOptions): () => Promise<string | null> {
  const { log } = options
  let before: string | null = null
  let looking: Promise<string | null> | null = null
  return async () => {
    looking ??= troubleOf(options).finally(() => {
      looking = null
    })
    const trouble = await withinLimit(looking)
    if (trouble !== before && trouble !== null) log.warn({ trouble }, 'not healthy')
    if (trouble === null && before !== null) log.info('healthy again')
    before = trouble
    return trouble
  }
}

async function troubleOf(options: HealthOptions): Promise<string | null> {
  const { db, isWorking, down, freeBytes, idleFor, now = () => new Date() } = options
  if (!isWorking()) return 'starting or stopping'
  if (db.lost.aborted) return 'the database is lost: Rushes must be restarted'
  // Failing to check the disk isn't a reason by itself: the database reports what is wrong with it.
  if ((await freeBytes().catch(() => LEAST_FREE)) < LEAST_FREE) return FULL
  try {
    await db.probe()
    const stuck = await stuckJob(db, idleFor, now())
    if (stuck !== null) return stuck
  } catch (error) {
    options.log.debug({ err: error }, 'the database check failed')
    return troubleIn(error)
  }
  // After the clock was set back, the elapsed time is unknown.
  const gone = down().find(({ since }) => Math.abs(now().getTime() - since.getTime()) >= PATIENCE)
  return gone ? `${gone.surface} has been disconnected since ${gone.since.toISOString()}` : null
}

function troubleIn(error: unknown): string {
  switch (storageTrouble(error)?.code) {
    case 'disk_full':
      return FULL
    case 'database_busy':
      return 'the database is busy: another program has locked it, or an operation is taking too long'
    case 'database_read_only':
      return 'the database cannot be written to: it is read-only'
    case 'database_damaged':
      return 'the database is damaged'
    case 'database_failed':
      return 'the database cannot be read or written: the disk is full or failing'
    default:
      return 'the database cannot be read or written'
  }
}

async function withinLimit(looking: Promise<string | null>): Promise<string | null> {
  const { promise: late, resolve } = Promise.withResolvers<string>()
  const timer = setTimeout(
    () => resolve('the database is busy: the database or the disk did not respond within 2 s'),
    LIMIT,
  )
  try {
    return await Promise.race([looking, late])
  } finally {
    clearTimeout(timer)
  }
}
