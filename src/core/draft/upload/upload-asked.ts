import { newestJob } from '../../../db/queries/jobs.ts'
import type { Core } from '../core.ts'
import { readPayload, type UploadChoice } from '../payloads.ts'
import type { EditScope } from '../scope.ts'

/** How the video of a draft's newest render was to be uploaded; null for not at all. */
export async function uploadAsked(
  core: Core,
  { workspace, draftId }: EditScope,
): Promise<UploadChoice | null> {
  const job = await newestJob(core.db.fork(), { workspace, draftId, kind: 'finalize' })
  return readPayload('finalize', job)?.upload ?? null
}
