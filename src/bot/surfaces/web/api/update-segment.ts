import { refetchFootage, revoiceSegment } from '../../../../core/draft/arrange.ts'
import { editSegment } from '../../../../core/draft/edit-segment.ts'
import { findSegment, getDraft } from '../../../../core/draft/load.ts'
import { comingAssets } from '../../../../core/draft/request-assets.ts'
import { StaleEditError, UserError } from '../../../../core/model/errors.ts'
import type { Bot } from '../../../handlers/request.ts'
import { errorSentence } from '../../../words/index.ts'
import type { SegmentJson } from '../draft-json.ts'
import { draftOf } from '../draft-of.ts'
import { WebError } from '../problems.ts'
import type { Who } from '../who.ts'
import { scopeOf } from './routes.ts'
import type { SegmentChange } from './schemas.ts'

/**
 * Edits a segment, and has its voice and footage made again if requested and not due anyway.
 * @throws WebError 409 `stale` if the segment isn't at the version the caller has seen; `mine` is what was sent, `theirs`
 * the segment as it is now.
 */
export async function updateSegment(
  bot: Bot,
  who: Who,
  draftId: string,
  segmentId: number,
  given: SegmentChange,
): Promise<SegmentJson> {
  const { core } = bot
  const { version, regenerate_tts, refetch_video, ...mine } = given
  const scope = scopeOf(who, draftId)
  const change = {
    text: mine.text ?? undefined,
    searchQuery: mine.image_search_query ?? undefined,
    keyword: mine.keyword ?? undefined,
    duration: mine.duration,
  }
  const segment = async () => findSegment((await getDraft(core, who.workspace, draftId)).segments, segmentId)
  const before = await segment()
  try {
    const seenVersion = version ?? undefined
    // An edit that changes nothing is never stale, but a request to make something again can be.
    if ((regenerate_tts || refetch_video) && seenVersion !== undefined && before.version !== seenVersion)
      throw new StaleEditError(before.editedByName ?? '')
    await editSegment(core, scope, { segmentId, change, seenVersion })
  } catch (error) {
    if (!(error instanceof StaleEditError)) throw error
    const theirs = await segmentOf(bot, who, draftId, segmentId)
    const more = { changed_by: error.changedBy, mine, theirs }
    throw new WebError(409, 'stale', errorSentence(who.words, error), more)
  }
  const edited = await segment()
  // Assets that this edit made outdated, or that are already being made, need no further request.
  const coming = await comingAssets(core, edited)
  if (regenerate_tts && edited.text === before.text && !coming.voice)
    await revoiceSegment(core, scope, segmentId)
  const isStale = before.videoLocalPath !== null && edited.videoLocalPath === null
  if (refetch_video && !isStale && edited.imageSearchQuery === before.imageSearchQuery && !coming.footage)
    await refetchFootage(core, scope, segmentId)
  return segmentOf(bot, who, draftId, segmentId)
}

/** @throws UserError if the draft no longer has the segment. */
export async function segmentOf(
  bot: Bot,
  who: Who,
  draftId: string,
  segmentId: number,
): Promise<SegmentJson> {
  const { segments } = await draftOf(bot, who, draftId)
  const found = segments.find(({ segment_id }) => segment_id === segmentId)
  if (!found) throw new UserError('segment_not_found')
  return found
}
