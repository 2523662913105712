import { computed, signal } from '@preact/signals'
import type { DraftJson, SegmentJson } from '../draft-json.ts'
import { learn } from './live.ts'
import { say, sayError } from './say.ts'
import { Refusal, send } from './send.ts'
import { draft, type Span, selected } from './state.ts'
import { words } from './words.ts'

/**
 * What the reader can do with a draft. Each action is one request; its outcome arrives through the events, as for everyone
 * else.
 */

/** Whether segments can be changed now. */
export const canEdit = computed(() => {
  const { value } = draft
  return value?.rights.write === true && (value.status === 'editing' || value.status === 'assets_ready')
})

/** Two versions of something, one of which the reader has to choose. */
export interface Conflict {
  /** Who was faster; empty if unknown. */
  by: string
  theirs: string
  mine: string
  useMine: () => Promise<unknown>
}
export const conflict = signal<Conflict | null>(null)

/** Sends a request to the API about this page's draft. */
export function ask<T>(method: string, path = '', body?: unknown): Promise<T> {
  const id = encodeURIComponent(draft.peek()?.draft_id ?? '')
  return send<T>(method, `/api/draft/${id}${path}`, body)
}

/** Same, for buttons: shows errors as a message. @returns whether it succeeded. */
async function act(method: string, path: string, body?: unknown): Promise<boolean> {
  try {
    const { message } = await ask<{ message?: string }>(method, path, body)
    if (message !== undefined) say(message)
    return true
  } catch (error) {
    sayError(error)
    return false
  }
}

const of = (segment: Pick<SegmentJson, 'segment_id'>) => `/segments/${segment.segment_id}`

export function moveSegment(segmentId: number, place: number): Promise<boolean> {
  return act('POST', `/segments/${segmentId}/move`, { to: place })
}

/** Cuts a segment at a moment of the film. */
export function splitAt({ segment, from }: Span, moment: number): Promise<boolean> {
  return act('POST', `${of(segment)}/split`, { at: Math.max(0, moment - from) })
}

export function mergeNext(segment: SegmentJson): Promise<boolean> {
  return act('POST', `${of(segment)}/merge`)
}

export async function removeSegment(segment: SegmentJson): Promise<void> {
  if (!(await act('DELETE', of(segment)))) return
  if (selected.peek() === segment.segment_id) selected.value = null
  say(words.removed(segment.segment_index + 1))
}

/** @throws Refusal if the text can't be used; the form shows it. */
export async function insertAfter(
  segment: SegmentJson | null,
  content: { text: string; image_search_query: string },
): Promise<void> {
  const { data } = await ask<{ data: DraftJson }>('POST', '/segments', {
    ...content,
    after_segment_id: segment?.segment_id ?? null,
  })
  const added =
    data.segments[segment ? data.segments.findIndex((one) => one.segment_id === segment.segment_id) + 1 : 0]
  if (added) selected.value = added.segment_id
}

/** @param duration in seconds; null for the length of its voice. */
export async function setDuration(segment: SegmentJson, duration: number | null): Promise<boolean> {
  try {
    const change = { duration, version: segment.version }
    learn((await ask<{ data: SegmentJson }>('PATCH', of(segment), change)).data)
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'stale') askAboutDuration(error, duration)
    else sayError(error)
    return false
  }
}

function askAboutDuration({ problem }: Refusal, duration: number | null): void {
  const theirs = problem.theirs as SegmentJson
  const told = (value: number | null) =>
    value === null ? words.asVoice : words.seconds(Math.round(value * 10) / 10)
  conflict.value = {
    by: typeof problem.changed_by === 'string' ? problem.changed_by : '',
    theirs: `${told(theirs.duration)} · ${theirs.text}`,
    mine: told(duration),
    useMine: () => setDuration(theirs, duration),
  }
}

export function undoStep(): Promise<boolean> {
  return act('POST', '/undo')
}

export function redoStep(): Promise<boolean> {
  return act('POST', '/redo')
}

export function cancelWork(): Promise<boolean> {
  return act('POST', '/cancel')
}

export function reopen(): Promise<boolean> {
  return act('POST', '/reopen')
}

/** The question whether to render anyway, with what is still to be filled in; null if closed. */
export const placeholders = signal<string | null>(null)

export async function render(evenWithPlaceholders = false): Promise<void> {
  try {
    await ask('POST', '/finalize', evenWithPlaceholders ? { allow_placeholders: true } : {})
  } catch (error) {
    if (error instanceof Refusal && error.code === 'placeholders_left') placeholders.value = error.message
    else sayError(error)
  }
}

/** Requests the files for editing programs; the events report the progress. */
export function makeEditingFiles(): Promise<boolean> {
  return act('POST', '/editing-files')
}

/** Deletes the draft and everything that belongs to it, and goes to the list. */
export async function deleteDraft(): Promise<void> {
  if (await act('DELETE', '')) location.assign('/')
}
