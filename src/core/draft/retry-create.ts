import { newestJob } from '../../db/queries/jobs.ts'
import { UserError } from '../model/errors.ts'
import { admitDraft, admitPaidCalls } from './admission.ts'
import type { Core } from './core.ts'
import { payloadOf } from './payloads.ts'
import type { EditScope } from './scope.ts'
import { callsOfScript } from './write-script.ts'

/**
 * Has a script written after all that could not be written, or was cancelled. Of two who ask, the second changes nothing.
 * @throws UserError when the person may not have another draft, or the workspace has no such one.
 */
export async function retryCreate(core: Core, { workspace, draftId, actor }: EditScope): Promise<void> {
  await core.db.transaction(async (em) => {
    const job = await newestJob(em, { draftId, workspace, kind: 'create' })
    if (!job) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
    if (job.state !== 'failed' && job.state !== 'cancelled') return
    await admitDraft(core, em, actor, workspace)
    const { request } = payloadOf('create', job)
    await admitPaidCalls(core, em, actor, workspace, callsOfScript(core, request))
    await core.jobs.retry(job.jobId, actor, em)
  })
  core.events.changed(draftId)
}
