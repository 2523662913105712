import { findDraft } from '../../core/draft/load.ts'
import { type Action, encodeAction, type Verb } from '../view/action-id.ts'
import type { Button } from '../view/types.ts'
import type { Bot, Request } from './request.ts'

/** **More…** of a draft: its id and rarely used actions, shown to the person who asks. */
export async function showAbout(bot: Bot, request: Request, { draftId }: Action): Promise<void> {
  await request.reply.acknowledge()
  const draft = await findDraft(bot.core, request.workspace, draftId)
  const link = await bot.threads.link(draftId)
  const { words } = request
  const { buttons } = words
  const button = (verb: Verb, label: string, rest: Partial<Button> = {}): Button => ({
    action: encodeAction(verb, draftId),
    label,
    ...rest,
  })
  const isOpen = draft.status === 'editing' || draft.status === 'assets_ready'
  await request.reply.privately({
    summary: draft.title,
    tone: 'neutral',
    blocks: [
      {
        type: 'text',
        text: [
          link === null ? { bold: draft.title } : { link, label: draft.title },
          ` · ${words.status[draft.status]}`,
        ],
      },
      {
        type: 'note',
        text: [
          `${words.draft.startedBy(draft.authorName)} · `,
          { time: draft.createdAt, as: 'relative' },
          ' · ',
          { code: draftId },
        ],
      },
      {
        type: 'buttons',
        buttons: [
          ...(isOpen
            ? [button('settings_form', buttons.settings), button('add_form', buttons.addSegment)]
            : []),
          button('history', buttons.history),
          button('delete_ask', buttons.delete, { style: 'danger' }),
        ],
      },
    ],
  })
}
