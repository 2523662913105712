import { computed, effect, signal } from '@preact/signals'
import type { SegmentJson } from '../../draft-json.ts'
import { moveSegment } from '../changes.ts'
import { whisper } from '../say.ts'
import { draft, type Span, spans } from '../state.ts'
import { words } from '../words.ts'

/** An order that somebody has made here and that the server has not told yet. It ends with the next step of anybody. */
const wanted = signal<{ ids: number[]; revision: number } | null>(null)
// For good: undo leads back to the same revision, and to the order that was there before.
effect(() => {
  if (wanted.value && wanted.value.revision !== draft.value?.revision) wanted.value = null
})

/** The segment that is being moved by keyboard, and the order before that. */
export const lifted = signal<{ id: number; before: number[] } | null>(null)
/** True while a segment is dragged: what is shown must not change under the hand. */
export const dragging = signal(false)

let frozen: Span[] = []

/** What the timeline shows. */
export const shown = computed<Span[]>(() => {
  const present = spans.value
  if (dragging.value) return frozen
  const ids = wanted.value?.ids
  frozen = ids ? inOrder(present, ids) : present
  return frozen
})

function inOrder(present: readonly Span[], ids: readonly number[]): Span[] {
  const all = new Map(present.map((span) => [span.segment.segment_id, span.segment]))
  const ordered = ids.flatMap((id) => all.get(id) ?? [])
  // Somebody has added or removed one meanwhile.
  if (ordered.length !== present.length) return [...present]
  let at = 0
  return ordered.map((segment) => {
    const from = at
    at += segment.length
    return { segment, from, to: at }
  })
}

const idsShown = () => shown.peek().map(({ segment }) => segment.segment_id)

/** Puts a segment at another place, counted from 0: here at once, and for everybody. */
export async function moveTo(segment: SegmentJson, place: number): Promise<void> {
  const ids = idsShown().filter((id) => id !== segment.segment_id)
  ids.splice(place, 0, segment.segment_id)
  show(ids)
  if (!(await moveSegment(segment.segment_id, place))) wanted.value = null
}

function show(ids: number[]): void {
  wanted.value = { ids, revision: draft.peek()?.revision ?? 0 }
}

/** Keys on a segment of the timeline. @returns whether the key meant something. */
export function moveByKey(key: string, segment: SegmentJson): boolean {
  const moving = lifted.peek()
  if (moving === null) {
    if (key !== ' ' || !draft.peek()?.rights.write) return false
    lifted.value = { id: segment.segment_id, before: idsShown() }
    whisper(words.move.lifted(placeOf(segment.segment_id) + 1, idsShown().length))
    return true
  }
  const place = placeOf(moving.id)
  const count = idsShown().length
  const target = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: count - 1 }[key]
  if (target !== undefined) {
    const to = Math.min(count - 1, Math.max(0, target))
    const ids = idsShown().filter((id) => id !== moving.id)
    ids.splice(to, 0, moving.id)
    show(ids)
    whisper(words.move.at(to + 1, count))
    return true
  }
  if (key === ' ' || key === 'Enter') {
    lifted.value = null
    whisper(words.move.dropped(place + 1, count))
    if (place === moving.before.indexOf(moving.id)) wanted.value = null
    else void moveSegment(moving.id, place).then((isDone) => isDone || dropBack())
    return true
  }
  if (key === 'Escape') {
    dropBack()
    whisper(words.move.cancelled)
    return true
  }
  return false
}

/** Somebody has gone elsewhere with a segment in the air. */
export function dropBack(): void {
  lifted.value = null
  wanted.value = null
}

function placeOf(id: number): number {
  return idsShown().indexOf(id)
}
