import { canPass, storedFailure } from '../core/model/failure.ts'
import type { Job } from '../db/entities/job.ts'

/** Times that a job may end with an error before it fails for good. */
const MAX_FAILURES = 3
/** Times that the process ends while it works on a job before the job is taken to be the reason. */
export const MAX_STARTS = 5
/** Milliseconds before the next attempt after the first error; doubled for each one after. */
export const BACKOFF = 2000
/** Milliseconds before the last attempt, and the longest that any job waits for its moment. */
export const LONGEST_BACKOFF = backoffAfter(MAX_FAILURES - 1)

/** What `signal.reason` is when the program stops: the job is handed back, not cancelled. */
export const STOPPING = 'stopping'

/** What a job's row says after it threw: handed back, cancelled, to be tried again, or failed. */
export function outcomeOf(job: Job, signal: AbortSignal, error: unknown, now: Date): Partial<Job> {
  if (signal.reason === STOPPING) return { state: 'queued', attempts: job.attempts - 1, startedAt: null }
  if (signal.aborted) return { state: 'cancelled', error: null }
  const failures = job.failures + 1
  const failed = { error: storedFailure(error), failures }
  if (!canPass(error) || failures >= MAX_FAILURES) return { ...failed, state: 'failed' }
  const runAfter = new Date(now.getTime() + backoffAfter(failures))
  return { ...failed, state: 'queued', runAfter, startedAt: null }
}

/** Milliseconds before the next attempt of what has failed so often. */
export function backoffAfter(failures: number): number {
  return failures === 0 ? 0 : BACKOFF * 2 ** (failures - 1)
}
