import { getSegment } from '../../core/draft/load.ts'
import { rewriteText } from '../../core/draft/rewrite.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { rewriteForm } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import { editAgainButton, keepForm } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

export async function openRewriteForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const segment = await getSegment(bot.core, request.workspace, action.draftId, action.segmentId)
  await request.reply.openForm(rewriteForm(segment, request.words))
}

/** Asks the script service for another text and suggests it; nothing is changed yet. */
export async function proposeRewrite(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<void> {
  const { words, reply } = request
  await reply.acknowledge()
  // The version whose text is sent, which may be newer than the one the form was opened for.
  const { version } = await getSegment(bot.core, request.workspace, action.draftId, action.segmentId)
  const text = await rewriteText(
    bot.core,
    scopeOf(request, action),
    action.segmentId,
    values.instruction ?? '',
  )
  const edit = encodeAction('edit', action.draftId, action.segmentId, version)
  const kept = await keepForm(bot, request, edit, { text })
  await reply.privately({
    summary: words.private.rewritten,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: words.private.rewritten },
      { type: 'quote', text },
      {
        type: 'buttons',
        buttons: [
          {
            action: encodeAction('rewrite_apply', action.draftId, 0, kept),
            label: words.buttons.useThis,
            style: 'success',
          },
          editAgainButton(words, edit, kept),
          { action: encodeAction('dismiss', action.draftId), label: words.buttons.keepText },
        ],
      },
    ],
  })
}
