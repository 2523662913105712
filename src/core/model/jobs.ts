import type { JobKind } from '../../db/entities/job.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor } from './people.ts'

export interface NewJob {
  kind: JobKind
  /** Only one job with a given key is waiting or running at a time. */
  key: string
  /** Null for work that doesn't belong to a draft. */
  draftId: string | null
  workspace: string
  requester: Actor | null
  payload?: Record<string, unknown>
  /** Within a draft, jobs with a higher priority go first; 0 by default. */
  priority?: number
}

/**
 * How core requests background work; implemented in src/jobs. Limited to what both a SQLite table and a queue on PostgreSQL
 * (pg-boss) support. `Asked` is the type of possible requests.
 */
export interface JobQueue<Asked extends NewJob = NewJob> {
  /** Requests a job, in the given transaction if there is one. @returns the id of the waiting or running job with that key. */
  enqueue(job: Asked, em?: EntityManager): Promise<string>
  /**
   * Cancels a waiting or running job; true if there was one. Resolves once its work has stopped. `also` runs in the same
   * transaction, and only if this call cancelled the job.
   */
  cancel(jobId: string, also?: (em: EntityManager) => Promise<void>): Promise<boolean>
  /**
   * Resets a failed or cancelled job to waiting, requested by this person, in the given transaction if there is one. False
   * if it is neither; true also if another job with its key is already waiting or running.
   */
  retry(jobId: string, requester: Actor, em?: EntityManager): Promise<boolean>
  /** Cancels all waiting and running jobs of a draft, of the given kinds or of all. */
  cancelDraft(draftId: string, kinds?: JobKind[]): Promise<void>
}
