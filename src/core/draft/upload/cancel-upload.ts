import { activeJobs } from '../../../db/queries/jobs.ts'
import { UserError } from '../../model/errors.ts'
import { recordAct } from '../audit.ts'
import type { Core } from '../core.ts'
import { findDraft } from '../load.ts'
import type { EditScope } from '../scope.ts'

/**
 * Cancels the upload of a draft's video. What has already arrived may stay on the platform, unseen. @throws UserError if
 * there is none.
 */
export async function cancelUpload(core: Core, scope: EditScope): Promise<void> {
  const draft = await findDraft(core, scope.workspace, scope.draftId)
  const active = await activeJobs(core.db.fork(), { draftId: draft.draftId, kind: 'upload' })
  // An earlier film's upload may still be waiting for a retry; people see the latest one.
  const job = active.sort((one, other) => one.id - other.id).at(-1)
  if (!job) throw new UserError('nothing_to_cancel')
  await core.jobs.cancel(job.jobId, (em) => {
    const about = { place: draft, draftId: draft.draftId, actor: scope.actor, now: core.clock() }
    return recordAct(em, 'cancelled', about, { job: job.jobId, kind: job.kind })
  })
  core.events.changed(scope.draftId)
}
