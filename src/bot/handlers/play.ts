import { findSegment, getDraft } from '../../core/draft/load.ts'
import { notice } from '../thread/sentences.ts'
import type { Action } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'

/** **Play**: posts a segment's clip into the thread. It may have to be rendered first, so that it comes is said before. */
export async function playClip(bot: Bot, request: Request, { draftId, segmentId }: Action): Promise<void> {
  findSegment((await getDraft(bot.core, request.workspace, draftId)).segments, segmentId)
  await request.reply.privately(notice(request.words.private.playing))
  await bot.threads.postClip(request.workspace, draftId, segmentId)
}
