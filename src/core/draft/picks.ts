import type { Job } from '../../db/entities/job.ts'
import { activeJobs } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'

/** Starts the keys of jobs that fetch what somebody picked. */
export const PICK = 'pick:'

/** The jobs that fetch footage which somebody picked for a draft. */
export function picksOf(em: EntityManager, draftId: string, prefix = PICK): Promise<Job[]> {
  return activeJobs(em, { draftId, kind: 'collect', key: { $like: `${prefix}%` } })
}

/** Whether footage that somebody picked is still on its way: then the film is not yet the one that it will be. */
export async function isFetchingPick(em: EntityManager, draftId: string): Promise<boolean> {
  return (await picksOf(em, draftId)).length > 0
}
