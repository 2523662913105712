import type { Job } from '../../../db/entities/job.ts'
import { newestJob } from '../../../db/queries/jobs.ts'
import type { Core } from '../core.ts'
import { jobEnded } from '../job-ended.ts'
import { keyOfUpload } from './enqueue-upload.ts'

/**
 * Waits until a film is uploaded, if it should be.
 * @param patience milliseconds.
 * @returns false if it isn't within this time.
 */
export async function uploadEnded(
  core: Pick<Core, 'db'>,
  render: string,
  patience: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const upload = await uploadOf(core, render)
  if (!upload || (upload.state !== 'queued' && upload.state !== 'running')) return true
  return (await jobEnded(core, upload.jobId, patience, signal)) !== null
}

/** The job that uploads or has uploaded a render's film; null if there is none. */
export function uploadOf({ db }: Pick<Core, 'db'>, render: string): Promise<Job | null> {
  return newestJob(db.fork(), { kind: 'upload', key: keyOfUpload(render) })
}
