import type { ObjectQuery } from '@mikro-orm/core'
import { type Job, JobEntity, type JobKind, type JobState } from '../entities/job.ts'
import type { EntityManager } from '../types.ts'

/** States of unfinished jobs: waiting or running. */
export const ACTIVE: JobState[] = ['queued', 'running']
export const OVER: JobState[] = ['done', 'failed', 'cancelled']

/** Filters for jobs; by default, those of all drafts and kinds. */
type Which = ObjectQuery<Job>

/** The waiting and running jobs. */
export async function activeJobs(em: EntityManager, which: Which): Promise<Job[]> {
  return em.find(JobEntity, { ...which, state: { $in: ACTIVE } })
}

export async function countActiveJobs(em: EntityManager, which: Which = {}): Promise<number> {
  return em.count(JobEntity, { ...which, state: { $in: ACTIVE } })
}

/** The most recently requested job; null if there is none. */
export async function newestJob(em: EntityManager, which: Which & { kind: JobKind }): Promise<Job | null> {
  return em.findOne(JobEntity, which, { orderBy: { id: 'desc' } })
}
