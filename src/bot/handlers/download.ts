import { requestBundle } from '../../core/draft/editing/request-bundle.ts'
import { findDraft } from '../../core/draft/load.ts'
import { UserError } from '../../core/model/errors.ts'
import { notice } from '../thread/sentences.ts'
import type { Action } from '../view/action-id.ts'
import { downloadMessage } from '../view/video-message.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Download**: the finished video with its subtitles and its poster, and where it stands. */
export async function downloadVideo(bot: Bot, request: Request, { draftId }: Action): Promise<void> {
  await request.reply.acknowledge()
  const draft = await findDraft(bot.core, request.workspace, draftId)
  await bot.threads.withVideo(draftId, async ({ video, sent, link }) => {
    if (!video || !sent) throw new UserError('no_video')
    const studio = bot.core.links.studio(draftId)
    await request.reply.privately(downloadMessage(draft, video, { sent, link, studio }, request.words))
  })
}

/** **Files for editing**: a zip, which comes into the thread when it is made. */
export async function makeEditingFiles(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await requestBundle(bot.core, scopeOf(request, action))
  await request.reply.privately(notice(request.words.editing.begun, 'busy'))
  bot.threads.refresh(action.draftId)
}
