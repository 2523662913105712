import type { Logger } from 'pino'
import type { Database } from '../../db/database.ts'
import { JobEntity } from '../../db/entities/job.ts'

export interface HealthOptions {
  db: Database
  log: Logger
  /** False until the program works, and again once it stops. */
  isWorking: () => boolean
  /** The platforms that nothing comes in from, and since when. */
  down: () => { surface: string; since: Date }[]
  now?: () => Date
}

/** Milliseconds without a connection that need nobody's attention: platforms close them now and then. */
const PATIENCE = 60_000

/** What keeps the program from working, in one line, or null; it is logged when it changes. */
export function createHealth(options: HealthOptions): () => Promise<string | null> {
  const { log } = options
  let before: string | null = null
  return async () => {
    const trouble = await troubleOf(options)
    if (trouble !== before && trouble !== null) log.warn({ trouble }, 'not healthy')
    if (trouble === null && before !== null) log.info('healthy again')
    before = trouble
    return trouble
  }
}

async function troubleOf({ db, log, isWorking, down, now = () => new Date() }: HealthOptions) {
  if (!isWorking()) return 'starting or stopping'
  try {
    await db.fork().count(JobEntity, { state: 'running' })
  } catch (error) {
    log.debug({ err: error }, 'the database cannot be read')
    return 'the database cannot be read'
  }
  const [gone] = down().filter(({ since }) => now().getTime() - since.getTime() >= PATIENCE)
  return gone ? `${gone.surface} has been disconnected since ${gone.since.toISOString()}` : null
}
