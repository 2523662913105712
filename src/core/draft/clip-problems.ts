import type { Draft } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { whatCanBeAhead } from './clip-jobs.ts'
import type { Core } from './core.ts'

/** Why something could not be rendered ahead. */
export interface ClipProblem {
  /** Null for the sound of the whole draft. */
  segmentId: number | null
  /** As written by `storedFailure`. */
  reason: string
}

/** The parts of the current draft that could not be rendered ahead; usually none. */
export async function clipProblems(core: Core, draft: Draft, segments: Segment[]): Promise<ClipProblem[]> {
  const em = core.db.fork()
  const { draftId } = draft
  const failed = { draftId, kind: { $in: ['clip' as const, 'sound' as const] }, state: 'failed' as const }
  if ((await em.count(JobEntity, failed)) === 0) return []
  const ahead = await whatCanBeAhead(core, draft, segments).catch((err: unknown) => {
    // For example a voice file deleted from the disk; the thread is shown anyway.
    core.log.warn({ draft: draftId, err }, 'could not look up what is rendered in advance')
    return []
  })
  const missing = ahead.filter(({ isReady }) => !isReady)
  const keys = missing.map(({ job }) => job.key)
  const jobs = await em.find(JobEntity, { draftId, key: { $in: keys } }, { orderBy: { id: 'asc' } })
  // The latest job of each key counts: it may be a running retry.
  const newest = new Map<string, Job>(jobs.map((job) => [job.key, job]))
  return missing.flatMap(({ job, segmentId }) => {
    const last = newest.get(job.key)
    return last?.state === 'failed' ? [{ segmentId, reason: last.error ?? '' }] : []
  })
}
