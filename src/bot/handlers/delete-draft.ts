import { findDraft } from '../../core/draft/load.ts'
import { deleteDraft } from '../../core/draft/remove.ts'
import { notice } from '../thread/sentences.ts'
import { encodeAction } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Delete** and `/draft delete`: asks for confirmation first. */
export async function askDelete(
  bot: Bot,
  request: Request,
  draftId: string,
  keepFiles: boolean,
): Promise<void> {
  const { title } = await findDraft(bot.core, request.workspace, draftId)
  const { words } = request
  await request.reply.privately({
    summary: words.private.askDelete(title),
    tone: 'bad',
    blocks: [
      { type: 'text', text: words.private.askDelete(title) },
      {
        type: 'buttons',
        buttons: [
          {
            action: encodeAction('delete', draftId, 0, Number(keepFiles)),
            label: words.buttons.reallyDelete,
            style: 'danger',
          },
          { action: encodeAction('dismiss', draftId), label: words.buttons.keep },
        ],
      },
    ],
  })
}

export async function reallyDelete(
  bot: Bot,
  request: Request,
  draftId: string,
  keepFiles: boolean,
): Promise<void> {
  await request.reply.acknowledge()
  await deleteDraft(bot.core, scopeOf(request, { draftId }), { keepFiles })
  await request.reply.privately(notice(request.words.private.deleted))
}
