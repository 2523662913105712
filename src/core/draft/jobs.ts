import { z } from 'zod'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import type { Core } from '../core.ts'

/** The renders of a workspace or of one of its drafts, newest first. */
export async function listJobs(
  core: Core,
  workspace: string,
  options: { draftId?: string | undefined; skip?: number; limit?: number } = {},
): Promise<{ jobs: Job[]; total: number }> {
  const where = {
    workspace,
    kind: 'finalize' as const,
    ...(options.draftId !== undefined && { draftId: options.draftId }),
  }
  const [jobs, total] = await core.db.fork().findAndCount(JobEntity, where, {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    offset: options.skip ?? 0,
    limit: options.limit ?? 20,
  })
  return { jobs, total }
}

const CleanupPayload = z.object({ freedBytes: z.number() })

/** When files were last cleaned away, and how many bytes; null when they never were. */
export async function lastCleanup(core: Core): Promise<{ at: Date; bytes: number } | null> {
  const job = await core.db
    .fork()
    .findOne(JobEntity, { kind: 'cleanup', state: 'done' }, { orderBy: { id: 'desc' } })
  const done = CleanupPayload.safeParse(job?.payload)
  return job?.finishedAt && done.success ? { at: job.finishedAt, bytes: done.data.freedBytes } : null
}
