import { newestJob } from '../../db/queries/jobs.ts'
import { UserError } from '../model/errors.ts'
import { admitDraft, admitPaidCalls } from './admission.ts'
import type { Core } from './core.ts'
import { payloadOf } from './payloads.ts'
import type { EditScope } from './scope.ts'
import { callsOfScript } from './write-script.ts'

/**
 * Retries writing a script that failed or was cancelled. A second concurrent request has no effect.
 * @throws UserError if the person may not have another draft, or if the workspace has no such draft.
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
