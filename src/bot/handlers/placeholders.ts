import { UserError } from '../../core/model/errors.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import type { FormValues } from '../view/types.ts'
import { errorSentence } from '../words/index.ts'
import { keepForm } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'

/**
 * Requests a render. If an outline still has blanks, the person is asked about them first; their render settings are saved
 * until they have answered.
 * @returns whether `render` succeeded. @throws what `render` throws otherwise.
 */
export async function orAskAboutPlaceholders(
  bot: Bot,
  request: Request,
  { draftId, number }: Pick<Action, 'draftId' | 'number'>,
  values: FormValues,
  render: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await render()
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'placeholders_left') throw error
    const { words } = request
    const kept = await keepForm(bot, request, encodeAction('render', draftId, 0, number), values)
    const question = errorSentence(words, error)
    await request.reply.privately({
      summary: question,
      tone: 'neutral',
      blocks: [
        { type: 'text', text: question },
        {
          type: 'buttons',
          buttons: [
            {
              action: encodeAction('render_anyway', draftId, 0, kept),
              label: words.buttons.renderAllTheSame,
              style: 'primary',
            },
            { action: encodeAction('dismiss', draftId), label: words.buttons.fillInFirst },
          ],
        },
      ],
    })
    return false
  }
}
