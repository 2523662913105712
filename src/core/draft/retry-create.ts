import { JobEntity } from '../../db/entities/job.ts'
import { UserError } from '../model/errors.ts'
import { admitDraft, admitPaidCalls } from './admission.ts'
import type { Core } from './core.ts'
import { CreatePayload } from './payloads.ts'
import type { EditScope } from './scope.ts'
import { callsOfScript } from './write-script.ts'

/**
 * Has a script written after all that could not be written, or was cancelled. Of two who ask, the second changes nothing.
 * @throws UserError when the person may not have another draft, or the workspace has no such one.
 */
export async function retryCreate(core: Core, { workspace, draftId, actor }: EditScope): Promise<void> {
  await core.db.transaction(async (em) => {
    const newest = { orderBy: { id: 'desc' } } as const
    const job = await em.findOne(JobEntity, { draftId, workspace, kind: 'create' }, newest)
    if (!job) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
    if (job.state !== 'failed' && job.state !== 'cancelled') return
    await admitDraft(core, em, actor, workspace)
    const { request } = CreatePayload.parse(job.payload)
    await admitPaidCalls(core, em, actor, workspace, callsOfScript(core, request))
    await core.jobs.retry(job.jobId, actor, em)
  })
  core.events.changed(draftId)
}
