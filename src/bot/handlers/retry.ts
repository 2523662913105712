import { requestRender } from '../../core/draft/render.ts'
import { uploadAsked } from '../../core/draft/upload/upload-asked.ts'
import type { Action } from '../view/action-id.ts'
import { orAskAboutPlaceholders } from './placeholders.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Retry** on a draft whose render failed: another one, with the settings that the draft has. */
export async function retryRender(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  const render = async () => {
    const scope = scopeOf(request, action)
    // What was to follow the render that failed follows this one.
    const upload = await uploadAsked(bot.core, scope)
    await requestRender(bot.core, scope, { upload })
    return true
  }
  // Of the form that opened this render nothing is known any more; the draft has its settings.
  if (!(await orAskAboutPlaceholders(bot, request, { ...action, number: 0 }, {}, render))) return
  bot.threads.refresh(action.draftId)
}
