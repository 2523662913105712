import { UserError } from '../core/errors.ts'
import { storedFailure } from '../core/failure.ts'
import type { Job } from '../db/entities/job.ts'

/** Times that a job is begun before an error counts as its end. */
const MAX_ATTEMPTS = 3
/** Times that a job is begun before it is taken to be what ends the process. */
export const MAX_STARTS = 5
/** Milliseconds before the second attempt; doubled for each one after. */
export const BACKOFF = 2000

/** What `signal.reason` is when the program stops: the job is handed back, not cancelled. */
export const STOPPING = 'stopping'

/** What a job's row says after it threw: handed back, cancelled, to be tried again, or failed. */
export function outcomeOf(job: Job, signal: AbortSignal, error: unknown, now: Date): Partial<Job> {
  if (signal.reason === STOPPING) return { state: 'queued', attempts: job.attempts - 1, startedAt: null }
  if (signal.aborted) return { state: 'cancelled', error: null }
  const sentence = storedFailure(error)
  if (isFinal(job, error)) return { state: 'failed', error: sentence }
  const runAfter = new Date(now.getTime() + BACKOFF * 2 ** (job.attempts - 1))
  return { state: 'queued', error: sentence, runAfter, startedAt: null }
}

/**
 * A sentence for people is an answer; trying again would only repeat it. A finalize has already made its draft editable
 * again, and is asked for anew by its button.
 */
function isFinal(job: Job, error: unknown): boolean {
  return error instanceof UserError || job.kind === 'finalize' || job.attempts >= MAX_ATTEMPTS
}
