import { requestScriptAgain } from '../../core/draft/write-again.ts'
import type { Action } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Rewrite script** on a draft whose outline stands in for a script. */
export async function writeScriptAgain(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await requestScriptAgain(bot.core, scopeOf(request, action))
  bot.threads.refresh(action.draftId)
}
