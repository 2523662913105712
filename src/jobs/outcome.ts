import { canPass, storedFailure } from '../core/model/failure.ts'
import type { Job } from '../db/entities/job.ts'

/** Times that the process ends while it works on a job before the job is taken to be the reason. */
export const MAX_STARTS = 5
/** Milliseconds before the next attempt after the first error. */
export const BACKOFF = 2000
/** Milliseconds before each further attempt, of kinds that have no others; after the last one a job fails for good. */
const USUAL: readonly number[] = [BACKOFF, 2 * BACKOFF]

/** What `signal.reason` is when the program stops: the job is handed back, not cancelled. */
export const STOPPING = 'stopping'

/** What a job's row says after it threw: handed back, cancelled, to be tried again, or failed. */
export function outcomeOf(
  job: Job,
  signal: AbortSignal,
  error: unknown,
  now: Date,
  waits: readonly number[] = USUAL,
): Partial<Job> {
  if (signal.reason === STOPPING) return { state: 'queued', attempts: job.attempts - 1, startedAt: null }
  if (signal.aborted) return { state: 'cancelled', error: null }
  const failures = job.failures + 1
  const failed = { error: storedFailure(error), failures }
  if (!canPass(error) || failures > waits.length) return { ...failed, state: 'failed' }
  const runAfter = new Date(now.getTime() + waitAfter(failures, waits))
  return { ...failed, state: 'queued', runAfter, startedAt: null }
}

/** Milliseconds before the next attempt of what has failed so often; no job waits longer for its moment. */
export function waitAfter(failures: number, waits: readonly number[] = USUAL): number {
  return waits[failures - 1] ?? 0
}
