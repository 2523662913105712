import type { Core } from '../../core/draft/core.ts'
import { findDraft } from '../../core/draft/load.ts'
import { accountFor } from '../../core/draft/upload/enqueue-upload.ts'
import type { Draft } from '../../db/entities/draft.ts'

/**
 * A draft as the forms of its settings show it: one that is older than the first channel goes to the default one.
 * @throws UserError where there is none in this workspace.
 */
export async function draftForForm(core: Core, workspace: string, draftId: string): Promise<Draft> {
  const draft = await findDraft(core, workspace, draftId)
  // Forms have to open at once: where no platform is set up nothing is looked up.
  const accountId = core.platforms.length === 0 ? null : await accountFor(core.db.fork(), draft)
  return { ...draft, accountId }
}
