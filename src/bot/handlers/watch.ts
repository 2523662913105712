import type { Action } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'

/**
 * *Watch**: the whole draft as it is now, for the person who asked. It is acknowledged first, because clips may have to be
 * made.
 */
export async function watchDraft(bot: Bot, request: Request, { draftId }: Action): Promise<void> {
  const { reply, words, workspace } = request
  await reply.acknowledge()
  await bot.threads.watch(workspace, draftId, words, (view) => reply.privately(view))
}
