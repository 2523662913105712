import type { Job } from '../../../db/entities/job.ts'
import { newestJob } from '../../../db/queries/jobs.ts'
import type { Core } from '../core.ts'
import { jobEnded } from '../job-ended.ts'
import { keyOfUpload } from './enqueue-upload.ts'

/**
 * Waits until a film is uploaded, where it is to be.
 * @param patience milliseconds.
 * @returns false when it is not within this time.
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

/** What uploads the film of a render, or has; null where nothing does. */
export function uploadOf({ db }: Pick<Core, 'db'>, render: string): Promise<Job | null> {
  return newestJob(db.fork(), { kind: 'upload', key: keyOfUpload(render) })
}
