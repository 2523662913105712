import { approve, withdrawApproval } from '../../core/draft/approve.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Approve**: approves the film shown by the message with the button. */
export async function approveDraft(bot: Bot, request: Request, action: Action): Promise<void> {
  const { words, reply } = request
  await reply.acknowledge()
  const isNew = await approve(bot.core, scopeOf(request, action), action.number)
  const sentence = isNew ? words.private.approved : words.private.approvedBefore
  await reply.privately({
    summary: sentence,
    tone: 'good',
    blocks: [
      { type: 'text', text: sentence },
      {
        type: 'buttons',
        buttons: [{ action: encodeAction('withdraw', action.draftId), label: words.buttons.withdraw }],
      },
    ],
  })
  bot.threads.refresh(action.draftId)
}

/** **Take back approval**. */
export async function withdraw(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await withdrawApproval(bot.core, scopeOf(request, action))
  await request.reply.privately(notice(request.words.private.withdrawn, 'good'))
  bot.threads.refresh(action.draftId)
}
