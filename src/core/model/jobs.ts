import type { JobKind } from '../../db/entities/job.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor } from './people.ts'

export interface NewJob {
  kind: JobKind
  /** Of the jobs with one key only one waits or works at a time. */
  key: string
  /** Null for work that belongs to no draft. */
  draftId: string | null
  workspace: string
  requester: Actor | null
  payload?: Record<string, unknown>
  /** Of the jobs of one draft, those with a higher one go first; 0 by default. */
  priority?: number
}

/**
 * Where core asks for work to be done later; src/jobs implements it. It holds to what a table in SQLite and
 * a queue on PostgreSQL (pg-boss) both can do.
 * `Asked` is what may be asked for.
 */
export interface JobQueue<Asked extends NewJob = NewJob> {
  /** Asks for a job, in the given transaction if there is one; returns the id of the waiting or working job of that key. */
  enqueue(job: Asked, em?: EntityManager): Promise<string>
  /**
   * Ends a waiting or working job; true if there was one. Resolves when its work has stopped. `also` is done in the
   * transaction that ends it, and only if this call does.
   */
  cancel(jobId: string, also?: (em: EntityManager) => Promise<void>): Promise<boolean>
  /**
   * Puts a failed or cancelled job back as new, asked for by this person, in the given transaction if there is one. False when it
   * is neither; true as well when another of its key waits or works already.
   */
  retry(jobId: string, requester: Actor, em?: EntityManager): Promise<boolean>
  /** Cancels every waiting or working job of a draft, of the given kinds or of all. */
  cancelDraft(draftId: string, kinds?: JobKind[]): Promise<void>
}
