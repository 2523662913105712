import { DraftEntity } from '../../db/entities/draft.ts'
import { JobEntity } from '../../db/entities/job.ts'
import { draftFiles, unreferenced } from '../assets/references.ts'
import type { Core } from '../core.ts'
import { UserError } from '../errors.ts'
import { recordAct } from './audit.ts'
import type { EditScope } from './edit.ts'
import { loadDraft } from './load.ts'

/**
 * Deletes a draft, its history and its jobs' outputs. Files that no other draft uses go with it, unless they are to
 * be kept.
 * @throws UserError when the workspace has no such draft.
 */
export async function deleteDraft(
  core: Core,
  scope: EditScope,
  options: { keepFiles?: boolean } = {},
): Promise<void> {
  const { draftId, workspace } = scope
  const { draft } = await loadDraft(core.db.fork(), workspace, draftId)
  await core.jobs.cancelDraft(draftId)
  const files = await core.db.transaction(async (em) => {
    const files = await draftFiles(em, draftId)
    const deleted = await em.nativeDelete(DraftEntity, { draftId, workspace })
    if (deleted === 0) throw new UserError('draft_not_found', { draftId })
    const about = { place: draft, draftId, actor: scope.actor, now: core.clock() }
    const facts = { revision: draft.revision, keptFiles: options.keepFiles ?? false }
    await recordAct(em, 'deleted', about, facts)
    if (!options.keepFiles) await em.nativeUpdate(JobEntity, { draftId }, { outputVideoPath: null })
    // Nothing comes of it any more, and nobody can have it tried again.
    await em.nativeDelete(JobEntity, { draftId, kind: 'create' })
    return unreferenced(em, files)
  })
  // What a cancelled render handed back while it ended has nothing to work on any more.
  await core.jobs.cancelDraft(draftId)
  // What somebody is about to use stays until it is swept.
  if (!options.keepFiles) for (const file of files) core.store.discard(file, Number.POSITIVE_INFINITY)
  core.events.deleted(draftId)
}
