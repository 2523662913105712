import type { Draft } from '../../../db/entities/draft.ts'
import type { EntityManager } from '../../../db/types.ts'
import { UserError } from '../../model/errors.ts'
import type { Actor } from '../../model/people.ts'
import type { Core } from '../core.ts'
import type { UploadChoice } from '../payloads.ts'
import { isTokenActor } from '../tokens.ts'

/**
 * Whether a person may make a video public. If approvals are required, this takes a second person, and a token that acts for a
 * whole workspace isn't one, because its owner may be the first.
 * @param uploadedBy the id of the person who requested its upload; null if that is this person.
 */
async function mayPublish(
  { approvalsNeeded }: Core,
  em: EntityManager,
  draft: Pick<Draft, 'workspace' | 'draftId'>,
  actor: Actor,
  uploadedBy: string | null,
): Promise<boolean> {
  if ((await approvalsNeeded(em, draft)) === 0) return true
  return uploadedBy !== null && uploadedBy !== actor.id && !isTokenActor(actor.id)
}

/** Same, for a choice, which may be public immediately or on schedule. @throws UserError */
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
