import type { Core } from '../../core/draft/core.ts'
import { findDraft } from '../../core/draft/load.ts'
import { accountFor } from '../../core/draft/upload/enqueue-upload.ts'
import type { Draft } from '../../db/entities/draft.ts'

/**
 * A draft as its settings forms show it: one older than the first linked channel gets the default channel.
 * @throws UserError if the workspace has no such draft.
 */
export async function draftForForm(core: Core, workspace: string, draftId: string): Promise<Draft> {
  const draft = await findDraft(core, workspace, draftId)
  // Forms have to open immediately: nothing is looked up if no video platform is set up.
  const accountId = core.platforms.length === 0 ? null : await accountFor(core.db.fork(), draft)
  return { ...draft, accountId }
}
