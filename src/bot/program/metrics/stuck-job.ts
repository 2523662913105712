import type { Database } from '../../../db/database.ts'
import { JOB_KINDS, JobEntity, type JobKind } from '../../../db/entities/job.ts'

const MINUTE = 60_000
/**
 * Minutes in which a job of each kind must end or at least make progress. What a job waits for (a service, a rate limit,
 * ffmpeg) has shorter limits of its own.
 */
const BOUND: Partial<Record<JobKind, number>> = { create: 20, cleanup: 120 }
const BOUND_OF_OTHERS = 45
/** Minutes that a job may wait although no job of its kind is running. */
const WAITING = 2

/** Describes a job that makes no progress, or isn't started although there is a free slot; null if there is none. */
export async function stuckJob(
  db: Database,
  idleFor: (kind: JobKind) => number,
  now: Date,
): Promise<string | null> {
  const em = db.fork()
  const minutesSince = (date: Date) => (now.getTime() - date.getTime()) / MINUTE
  const bound = (kind: JobKind) => BOUND[kind] ?? BOUND_OF_OTHERS
  const running = await em.find(JobEntity, { state: 'running' }, { fields: ['jobId', 'kind', 'updatedAt'] })
  for (const { jobId, kind, updatedAt } of running) {
    const minutes = Math.floor(minutesSince(updatedAt))
    if (minutes >= bound(kind))
      return `the job queue is stuck: ${jobId} (${kind}) has made no progress for ${minutes} minutes`
  }
  const idle = JOB_KINDS.filter((kind) => idleFor(kind) >= WAITING * MINUTE)
  const since = new Date(now.getTime() - WAITING * MINUTE)
  const waiting = await em.findOne(
    JobEntity,
    { state: 'queued', kind: { $in: idle }, runAfter: { $lte: since } },
    { orderBy: { id: 'asc' }, fields: ['jobId', 'kind', 'runAfter'] },
  )
  if (!waiting) return null
  const minutes = Math.floor(minutesSince(waiting.runAfter))
  return `the job queue is stuck: ${waiting.jobId} (${waiting.kind}) has been waiting for ${minutes} minutes, and no such job is running`
}
