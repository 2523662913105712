import type { ObjectQuery } from '@mikro-orm/core'
import { type Job, JobEntity, type JobKind, type JobState } from '../entities/job.ts'
import type { EntityManager } from '../types.ts'

/** States of jobs that are not over: they wait or work. */
export const ACTIVE: JobState[] = ['queued', 'running']
export const OVER: JobState[] = ['done', 'failed', 'cancelled']

/** Which jobs are meant; of all drafts and kinds unless told. */
type Which = ObjectQuery<Job>

/** The jobs that wait or work. */
export async function activeJobs(em: EntityManager, which: Which): Promise<Job[]> {
  return em.find(JobEntity, { ...which, state: { $in: ACTIVE } })
}

export async function countActiveJobs(em: EntityManager, which: Which = {}): Promise<number> {
  return em.count(JobEntity, { ...which, state: { $in: ACTIVE } })
}

/** The job that was asked for last; null when there is none. */
export async function newestJob(em: EntityManager, which: Which & { kind: JobKind }): Promise<Job | null> {
  return em.findOne(JobEntity, which, { orderBy: { id: 'desc' } })
}
