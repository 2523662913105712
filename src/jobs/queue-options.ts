import type { Logger } from 'pino'
import type { DraftEvents } from '../core/model/events.ts'
import type { ServedWorkspaces } from '../core/model/served.ts'
import type { Database } from '../db/database.ts'
import type { Job, JobKind } from '../db/entities/job.ts'
import type { Caps } from './choose-next.ts'

interface JobContext {
  signal: AbortSignal
  /** The fraction that is done, 0 to 1. */
  onProgress: (fraction: number) => void
}

/** Kinds that share a limit on concurrent jobs; a lane full of slow jobs doesn't hold up the others. */
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
  /** Runs a job of any kind. An error it throws ends the job. */
  work: (job: Job, context: JobContext) => Promise<void>
  /** Milliseconds before each further attempt, by kind; by default a few seconds, twice. */
  waits?: Partial<Record<JobKind, readonly number[]>>
  /** The workspaces whose jobs run; those of others wait. All by default. */
  served?: ServedWorkspaces
  /** Called once for a job that has failed for good, to say so where people will see it. */
  onFailed?: (job: Job) => Promise<void>
  /** Milliseconds between checks for rows marked `running` that this process isn't running. */
  checkEvery?: number
}

export interface QueueEvents {
  /** A run of a job has ended. `seconds` is how long it took; null for one that never started. */
  settled: [job: Job, seconds: number | null]
}
