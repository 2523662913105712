import { requireEditable } from '../../core/draft/load.ts'
import { UserError } from '../../core/model/errors.ts'
import { loadShown } from '../thread/load-shown.ts'
import { threadSlots } from '../thread/slots.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import type { Block } from '../view/types.ts'
import type { Bot, Request } from './request.ts'

/** All items of a menu in the thread of which Slack shows only a few; visible only to this person. */
export async function showWholeMenu(bot: Bot, request: Request, action: Action): Promise<void> {
  const { reply, words } = request
  const { draftId, segmentId } = action
  await reply.acknowledge()
  const shown = await loadShown(bot.core, draftId, 0)
  const options = {
    ...{
      previews: new Map(),
      needsPlayButton: false,
      film: null,
      filmIsOnTop: false,
      isReadySaid: false,
      top: null,
    },
    canRewrite: bot.core.providers.script.some(({ rewrite }) => rewrite !== undefined),
  }
  const blocks = shown ? threadSlots(shown, options, words).flatMap(({ view }) => view.blocks) : []
  const whole = encodeAction('whole_menu', draftId, segmentId)
  const menu = blocks.find((block) => block.type === 'menu' && block.menu.whole === whole)
  if (!shown || menu?.type !== 'menu') {
    if (shown?.draft) requireEditable(shown.draft)
    throw new UserError('segment_not_found')
  }
  const segment = shown.segments.find(({ id }) => id === segmentId)
  const title = segment
    ? words.segment.heading(segment.segmentIndex + 1, shown.segments.length)
    : (shown.draft?.title ?? '')
  const rows: Block[] = [
    { type: 'text', text: [{ bold: title }] },
    { type: 'buttons', buttons: menu.menu.items },
  ]
  await reply.privately({ summary: title, tone: 'neutral', blocks: rows })
}
