import { getSegment } from '../../core/draft/load.ts'
import {
  countSegments,
  moveSegmentTo,
  openArrangement,
  overPresentOrder,
  rearrangeSegments,
} from '../../core/draft/rearrange.ts'
import { StaleEditError } from '../../core/model/errors.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { arrangeForm, moveForm } from '../view/arrange-forms.ts'
import type { FormValues } from '../view/types.ts'
import { placeOf } from './form-values.ts'
import { showStale } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Arrange**: opens a list of all segments. */
export async function openArrangeForm(bot: Bot, request: Request, { draftId }: Action): Promise<void> {
  const arrangement = await openArrangement(bot.core, request.workspace, draftId)
  await request.reply.openForm(arrangeForm(draftId, arrangement, request.words))
}

/** @returns whether the segments are in the requested order; otherwise the person has been shown both orders. */
export async function arrangeOrShowStale(
  bot: Bot,
  request: Request,
  { draftId, number }: Action,
  values: FormValues,
): Promise<boolean> {
  const scope = scopeOf(request, { draftId })
  const typed = values.order ?? ''
  try {
    await rearrangeSegments(bot.core, scope, typed, number)
    return true
  } catch (error) {
    if (!(error instanceof StaleEditError)) throw error
    const { yours, theirs, seen } = await overPresentOrder(bot.core, scope, typed, number)
    if (yours === theirs) return true
    // The saved form has the numbers that the person is shown now.
    const form = encodeAction('arrange', draftId, 0, seen)
    await showStale(bot, request, form, { order: yours }, error, ...differing(theirs, yours))
    return false
  }
}

/** **Move to…**: asks for a position. */
export async function openMoveForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const segment = await getSegment(bot.core, request.workspace, action.draftId, action.segmentId)
  const total = await countSegments(bot.core, action.draftId)
  await request.reply.openForm(moveForm(segment, total, request.words))
}

/** The segment is what counts, wherever it is now, so nothing can be stale. */
export async function moveToPlace(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<true> {
  const place = placeOf(values.place ?? '')
  await moveSegmentTo(bot.core, scopeOf(request, action), action.segmentId, place)
  return true
}

/** Two lists without the lines that both start and end with. */
function differing(one: string, other: string): [string, string] {
  const lists = [one.split('\n'), other.split('\n')] as const
  const most = Math.min(...lists.map(({ length }) => length))
  const same = (from: 0 | -1) => {
    let count = 0
    const at = (list: readonly string[]) => list.at(from === 0 ? count : -1 - count)
    while (count < most && at(lists[0]) === at(lists[1])) count += 1
    return count
  }
  const start = same(0)
  const end = Math.min(same(-1), most - start)
  const middle = (list: readonly string[]) =>
    [...(start > 0 ? ['…'] : []), ...list.slice(start, list.length - end), ...(end > 0 ? ['…'] : [])].join(
      '\n',
    )
  return [middle(lists[0]), middle(lists[1])]
}
