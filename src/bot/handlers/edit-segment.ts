import { insertSegment } from '../../core/draft/arrange.ts'
import { editSegment } from '../../core/draft/edit-segment.ts'
import { findSegment, getDraft, getSegment } from '../../core/draft/load.ts'
import { StaleEditError } from '../../core/model/errors.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { newSegmentForm, segmentForm } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import { segmentChangeOf } from './form-values.ts'
import { showStale } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Edit**: opens the form, with a single database read. */
export async function openSegmentForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const segment = await getSegment(bot.core, request.workspace, action.draftId, action.segmentId)
  await request.reply.openForm(segmentForm(segment, request.words))
}

/** **Insert after** and **Add segment**: an empty form. */
export async function openNewSegmentForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const after =
    action.segmentId === 0
      ? null
      : await getSegment(bot.core, request.workspace, action.draftId, action.segmentId)
  await request.reply.openForm(newSegmentForm(action.draftId, after, request.words))
}

/** @returns whether the edit was saved; otherwise the person has been shown both texts. */
export async function saveOrShowStale(
  bot: Bot,
  request: Request,
  { draftId, segmentId, number }: Action,
  values: FormValues,
): Promise<boolean> {
  const change = segmentChangeOf(values)
  try {
    await editSegment(bot.core, scopeOf(request, { draftId }), { segmentId, change, seenVersion: number })
    return true
  } catch (error) {
    if (!(error instanceof StaleEditError)) throw error
    const { segments } = await getDraft(bot.core, request.workspace, draftId)
    const segment = findSegment(segments, segmentId)
    const theirs = { ...segment, searchQuery: segment.imageSearchQuery }
    // The saved form carries the version that the person is shown now, so “Use mine” overwrites nothing unseen.
    const form = encodeAction('edit', draftId, segmentId, segment.version)
    await showStale(bot, request, form, values, error, summaryOf(theirs, change), summaryOf(change, theirs))
    return false
  }
}

/** The values of a new segment's form, which can't become stale. */
export async function addSegment(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<true> {
  const { segments } = await getDraft(bot.core, request.workspace, action.draftId)
  const after = action.segmentId === 0 ? (segments.at(-1)?.id ?? null) : action.segmentId
  const { text = '', searchQuery, keyword } = values
  await insertSegment(bot.core, scopeOf(request, action), after, { text, searchQuery, keyword })
  return true
}

/** Only the differences, so that both can be compared at a glance; just the narration if nothing else differs. */
function summaryOf(mine: SegmentValues, other: SegmentValues): string {
  const parts: string[] = []
  if (mine.text !== undefined && mine.text !== other.text) parts.push(mine.text)
  if (mine.searchQuery !== undefined && mine.searchQuery !== other.searchQuery)
    parts.push(`🔎 ${mine.searchQuery}`)
  if (mine.keyword !== undefined && mine.keyword !== other.keyword) parts.push(`# ${mine.keyword}`)
  if (mine.duration !== undefined && mine.duration !== other.duration) parts.push(`⏱ ${mine.duration ?? '–'}`)
  return parts.join('\n') || (mine.text ?? '')
}

interface SegmentValues {
  text?: string | undefined
  searchQuery?: string | undefined
  keyword?: string | undefined
  duration?: number | null | undefined
}
