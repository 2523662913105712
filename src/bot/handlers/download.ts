import { findDraft } from '../../core/draft/load.ts'
import { UserError } from '../../core/model/errors.ts'
import type { Action } from '../view/action-id.ts'
import { downloadMessage } from '../view/video-message.ts'
import type { Bot, Request } from './request.ts'

/** **Download**: the finished video with its subtitles and its poster, and where it stands. */
export async function downloadVideo(bot: Bot, request: Request, { draftId }: Action): Promise<void> {
  await request.reply.acknowledge()
  const draft = await findDraft(bot.core, request.workspace, draftId)
  await bot.threads.withVideo(draftId, async ({ video, sent, link }) => {
    if (!video || !sent) throw new UserError('no_video')
    await request.reply.privately(downloadMessage(draft, video, { sent, link }, request.words))
  })
}
