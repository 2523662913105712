import { DraftEntity } from '../../db/entities/draft.ts'
import type { Job } from '../../db/entities/job.ts'
import { newestJob } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Place } from '../model/people.ts'
import { type Payload, readPayload } from './payloads.ts'

/** The job that writes or has written a draft's script, with its request. */
export interface Creation {
  job: Job
  /** Null if it can't be parsed. */
  asked: Payload<'create'> | null
}

/** Null if there is none, as for a removed draft. @param workspace any by default. */
export async function creationOf(
  em: EntityManager,
  draftId: string,
  workspace?: string,
): Promise<Creation | null> {
  const job = await newestJob(em, { draftId, kind: 'create', ...(workspace !== undefined && { workspace }) })
  return job && { job, asked: readPayload('create', job) }
}

/** Where a draft lives, even while its script is being written; null if there is no such draft. */
export async function placeOf(em: EntityManager, draftId: string): Promise<Place | null> {
  const fields = ['surface', 'workspace', 'channelId', 'threadId'] as const
  const draft = await em.findOne(DraftEntity, { draftId }, { fields })
  return draft ?? (await creationOf(em, draftId))?.asked?.place ?? null
}
