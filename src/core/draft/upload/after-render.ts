import { AccountEntity } from '../../../db/entities/account.ts'
import type { Draft } from '../../../db/entities/draft.ts'
import type { EntityManager } from '../../../db/types.ts'
import { DECLARED } from '../../model/upload-target.ts'
import type { Core } from '../core.ts'
import type { UploadChoice } from '../payloads.ts'
import { accountFor } from './enqueue-upload.ts'
import { requireUploadable } from './request-upload.ts'

/** What a draft's video goes to without being asked for again; null where that was not chosen, or its channel is no longer linked. */
export async function channelAfterRender(
  core: Pick<Core, 'platforms'>,
  em: EntityManager,
  draft: Pick<Draft, 'uploadAfter' | 'accountId' | 'workspace'>,
): Promise<string | null> {
  if (draft.uploadAfter === null || core.platforms.length === 0) return null
  const id = await accountFor(em, draft)
  const account = id === null ? null : await em.findOne(AccountEntity, { id })
  return account?.name ?? null
}

/**
 * How the video of a draft is to be uploaded once it is rendered, as its settings say; null for not at all.
 * @param isAskedNow whether somebody has just chosen that, and so has to know where it cannot be.
 * @throws UserError for what its platform would refuse, as far as that can be known now.
 */
export async function uploadAfterRender(
  core: Core,
  em: EntityManager,
  draft: Draft,
  isAskedNow: boolean,
): Promise<UploadChoice | null> {
  const { uploadAfter } = draft
  if (uploadAfter === null) return null
  // A channel that is no longer linked keeps no film from being made.
  if (!isAskedNow && (await channelAfterRender(core, em, draft)) === null) return null
  const choice = { privacy: 'private' as const, publishAt: null, ...DECLARED[uploadAfter] }
  await requireUploadable(core, em, draft, choice)
  return choice
}
