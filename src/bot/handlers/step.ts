import { redo, type Step, undo } from '../../core/draft/history.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { stepText } from '../view/history-message.ts'
import type { Button } from '../view/types.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Undo**: says what was undone and offers to redo it. */
export async function undoStep(bot: Bot, request: Request, action: Action): Promise<void> {
  const { words } = request
  await request.reply.acknowledge()
  const step = await undo(bot.core, scopeOf(request, action))
  const back: Button = { action: encodeAction('redo', action.draftId), label: words.buttons.redo }
  await tell(bot, request, action, step && words.private.undid(stepText(step, words)), back)
}

/** **Redo**: the reverse. */
export async function redoStep(bot: Bot, request: Request, action: Action): Promise<void> {
  const { words } = request
  await request.reply.acknowledge()
  const step: Step | null = await redo(bot.core, scopeOf(request, action))
  const back: Button = { action: encodeAction('undo', action.draftId), label: words.buttons.undo }
  await tell(bot, request, action, step && words.private.redid(stepText(step, words)), back)
}

async function tell(
  { threads }: Bot,
  { reply, words }: Request,
  { draftId }: Action,
  said: string | null,
  back: Button,
): Promise<void> {
  const summary = said ?? words.private.done
  threads.refresh(draftId)
  await reply.privately({
    summary,
    tone: 'good',
    blocks: [
      { type: 'text', text: summary },
      { type: 'buttons', buttons: [back] },
    ],
  })
}
