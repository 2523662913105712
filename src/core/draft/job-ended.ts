import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import type { Core } from './core.ts'

/** Milliseconds between checks of a job. */
const LOOKS = { first: 100, later: 500 }

/**
 * Waits for a job to end.
 * @param patience milliseconds.
 * @returns how it ended, without a job if that was deleted with its draft; null if it hasn't ended in time, or if the
 * signal is aborted.
 */
export async function jobEnded(
  core: Pick<Core, 'db'>,
  jobId: string,
  patience: number,
  signal?: AbortSignal,
): Promise<{ job: Job | null } | null> {
  const until = performance.now() + patience
  for (let wait = LOOKS.first; performance.now() < until; wait = LOOKS.later) {
    const isAborted = await sleep(wait, false, { ...(signal && { signal }) }).catch(() => true)
    if (isAborted) return null
    const job = await core.db.fork().findOne(JobEntity, { jobId })
    if (job?.state !== 'queued' && job?.state !== 'running') return { job }
  }
  return null
}
