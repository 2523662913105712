import { findDraft } from '../../core/draft/load.ts'
import { isFetchingPick } from '../../core/draft/picks.ts'
import { requestRender } from '../../core/draft/render.ts'
import { notice } from '../thread/sentences.ts'
import type { Action } from '../view/action-id.ts'
import { orAskAboutPlaceholders } from './placeholders.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Render**, and **Retry** after a failed render, with the draft's settings, which the card shows. */
export async function renderDraft(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  const { status } = await findDraft(bot.core, request.workspace, action.draftId)
  const waits = status === 'editing' || (await isFetchingPick(bot.core.db.fork(), action.draftId))
  const render = async () => {
    await requestRender(bot.core, scopeOf(request, action))
    return true
  }
  if (!(await orAskAboutPlaceholders(bot, request, { ...action, number: 0 }, {}, render))) return
  bot.threads.refresh(action.draftId)
  if (waits) await request.reply.privately(notice(request.words.private.renderWaits, 'busy'))
}
