import type { Logger } from 'pino'
import type { DraftEvents } from '../core/model/events.ts'
import type { ServedWorkspaces } from '../core/model/served.ts'
import type { Database } from '../db/database.ts'
import type { Job, JobKind } from '../db/entities/job.ts'
import type { Caps } from './choose-next.ts'

interface JobContext {
  signal: AbortSignal
  /** Fraction done, 0 to 1. */
  onProgress: (fraction: number) => void
}

/** Kinds that share a limit on how many run at once; a lane full of slow jobs holds up no other. */
export interface LaneOptions extends Caps {
  kinds: readonly JobKind[]
  concurrency: number
}

export interface QueueOptions {
  db: Database
  events: DraftEvents
  log: Logger
  clock: () => Date
  lanes: readonly LaneOptions[]
  /** Does a job, whatever its kind. What it throws ends the job. */
  work: (job: Job, context: JobContext) => Promise<void>
  /** Milliseconds before each further attempt of jobs of a kind that fail; a few seconds, twice, unless told. */
  waits?: Partial<Record<JobKind, readonly number[]>>
  /** The workspaces whose jobs are worked on; those of others wait. All unless told. */
  served?: ServedWorkspaces
  /** Called once for a job that has failed for good; it says so where people look. */
  onFailed?: (job: Job) => Promise<void>
  /** Milliseconds between two looks for rows that say `running` but do not run here. */
  checkEvery?: number
}

export interface QueueEvents {
  /** A run of a job is over. `seconds` is how long it took; null for one that had not begun. */
  settled: [job: Job, seconds: number | null]
}
