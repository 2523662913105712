import type { Draft } from '../../../db/entities/draft.ts'
import type { EntityManager } from '../../../db/types.ts'
import { UserError } from '../../model/errors.ts'
import type { Actor } from '../../model/people.ts'
import type { Core } from '../core.ts'
import type { UploadChoice } from '../payloads.ts'

/**
 * Whether somebody may make a video public. Where approvals are required, that takes a second person.
 * @param uploadedBy the id of who has asked for its upload; null for nobody yet: then it is this person.
 */
async function mayPublish(
  { approvalsNeeded }: Core,
  em: EntityManager,
  draft: Pick<Draft, 'workspace' | 'draftId'>,
  actor: Actor,
  uploadedBy: string | null,
): Promise<boolean> {
  if ((await approvalsNeeded(em, draft)) === 0) return true
  return uploadedBy !== null && uploadedBy !== actor.id
}

/** The same for a choice, which may be public at once or become so by itself. @throws UserError */
export async function requireMayPublish(
  core: Core,
  em: EntityManager,
  draft: Pick<Draft, 'workspace' | 'draftId'>,
  actor: Actor,
  uploadedBy: string | null,
  { privacy, publishAt }: Pick<UploadChoice, 'privacy' | 'publishAt'>,
): Promise<void> {
  if (privacy !== 'public' && publishAt === null) return
  if (!(await mayPublish(core, em, draft, actor, uploadedBy))) throw new UserError('publish_needs_second')
}
