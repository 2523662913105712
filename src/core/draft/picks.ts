import type { Job } from '../../db/entities/job.ts'
import { activeJobs } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'

/** Prefix of the keys of jobs that fetch chosen footage. */
export const PICK = 'pick:'

/** A draft's jobs that fetch chosen footage. */
export function picksOf(em: EntityManager, draftId: string, prefix = PICK): Promise<Job[]> {
  return activeJobs(em, { draftId, kind: 'collect', key: { $like: `${prefix}%` } })
}

/** Whether chosen footage is still being fetched, so that the film isn't final yet. */
export async function isFetchingPick(em: EntityManager, draftId: string): Promise<boolean> {
  return (await picksOf(em, draftId)).length > 0
}
