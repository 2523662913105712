import { UnwantedError } from '../core/model/errors.ts'
import { canPass, storedFailure } from '../core/model/failure.ts'
import type { Job } from '../db/entities/job.ts'

/** How often the process may die while running a job before the job is taken to be the cause. */
export const MAX_STARTS = 5
/** Milliseconds before the second attempt. */
export const BACKOFF = 2000
/** Milliseconds before each further attempt, for kinds without delays of their own; after the last one the job fails for good. */
const USUAL: readonly number[] = [BACKOFF, 2 * BACKOFF]

/** The `signal.reason` when the program stops: the job is requeued, not cancelled. */
export const STOPPING = 'stopping'

/** What to write into a job's row after it threw: requeued, cancelled, to be retried, or failed. */
export function outcomeOf(
  job: Job,
  signal: AbortSignal,
  error: unknown,
  now: Date,
  waits: readonly number[] = USUAL,
): Partial<Job> {
  if (signal.reason === STOPPING) return { state: 'queued', attempts: job.attempts - 1, startedAt: null }
  if (signal.aborted || error instanceof UnwantedError) return { state: 'cancelled', error: null }
  const failures = job.failures + 1
  const failed = { error: storedFailure(error), failures }
  if (!canPass(error) || failures > waits.length) return { ...failed, state: 'failed' }
  const runAfter = new Date(now.getTime() + waitAfter(failures, waits))
  return { ...failed, state: 'queued', runAfter, startedAt: null }
}

/** Milliseconds before the next attempt after this many failures, 1 or more; no row may hold a longer delay. */
export function waitAfter(failures: number, waits: readonly number[] = USUAL): number {
  return waits[failures - 1] ?? 0
}
