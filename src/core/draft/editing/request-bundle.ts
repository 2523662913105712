import { activeJobs } from '../../../db/queries/jobs.ts'
import { UserError } from '../../model/errors.ts'
import type { Core } from '../core.ts'
import { findDraft } from '../load.ts'
import type { EditScope } from '../scope.ts'
import { keyOfBundle, newestRender } from './bundle-view.ts'

/**
 * Requests the files of a finished draft for editing programs. Those made earlier of the same film are found in the store.
 * @returns the id of the job that makes them.
 * @throws UserError for an unfinished draft, whose timeline wouldn't match any film, and while they are being made.
 */
export async function requestBundle(core: Core, { draftId, workspace, actor }: EditScope): Promise<string> {
  const draft = await findDraft(core, workspace, draftId)
  if (draft.status !== 'finalized') throw new UserError('bundle_not_finished')
  const em = core.db.fork()
  const rendered = await newestRender(em, draftId)
  if (!rendered) throw new UserError('no_video')
  const key = keyOfBundle(rendered.jobId)
  if ((await activeJobs(em, { key })).length > 0) throw new UserError('bundle_going_on')
  const jobId = await core.jobs.enqueue({
    ...{ kind: 'bundle', key, draftId, workspace, requester: actor },
    payload: { render: rendered.jobId },
  })
  core.events.changed(draftId)
  return jobId
}
