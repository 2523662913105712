import { AccountEntity } from '../../../db/entities/account.ts'
import type { Draft } from '../../../db/entities/draft.ts'
import type { EntityManager } from '../../../db/types.ts'
import { DECLARED } from '../../model/upload-target.ts'
import type { Core } from '../core.ts'
import type { UploadChoice } from '../payloads.ts'
import { accountFor } from './enqueue-upload.ts'
import { requireUploadable } from './request-upload.ts'

/**
 * The channel to which a draft's video is uploaded automatically; null if that wasn't chosen, or if the channel is no
 * longer linked.
 */
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
 * How a draft's video is uploaded once it is rendered, according to its settings; null if it isn't.
 * @param isAskedNow whether a person has just chosen that and therefore has to learn about obstacles.
 * @throws UserError for anything the platform would refuse, as far as is already known.
 */
export async function uploadAfterRender(
  core: Core,
  em: EntityManager,
  draft: Draft,
  isAskedNow: boolean,
): Promise<UploadChoice | null> {
  const { uploadAfter } = draft
  if (uploadAfter === null) return null
  // A channel that is no longer linked doesn't prevent the film from being made.
  if (!isAskedNow && (await channelAfterRender(core, em, draft)) === null) return null
  const choice = { privacy: 'private' as const, publishAt: null, ...DECLARED[uploadAfter] }
  await requireUploadable(core, em, draft, choice)
  return choice
}
