import { computed, effect, signal } from '@preact/signals'
import type { SegmentJson } from '../../draft-json.ts'
import { moveSegment } from '../changes.ts'
import { whisper } from '../say.ts'
import { draft, type Span, spans } from '../state.ts'
import { words } from '../words.ts'

/** An order set here that the server hasn't reported yet. Dropped at the next revision, no matter who makes it. */
const wanted = signal<{ ids: number[]; revision: number } | null>(null)
// It must be cleared, not just hidden: undo leads back to the same revision number, with the order from before.
effect(() => {
  if (wanted.value && wanted.value.revision !== draft.value?.revision) wanted.value = null
})

/** The segment being moved by keyboard, and the order before the move. */
export const lifted = signal<{ id: number; before: number[] } | null>(null)
/** True while a segment is being dragged: the timeline must not change under the pointer. */
export const dragging = signal(false)

let frozen: Span[] = []

/** The segments as the timeline shows them. */
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
  // Someone has added or removed a segment in the meantime.
  if (ordered.length !== present.length) return [...present]
  let at = 0
  return ordered.map((segment) => {
    const from = at
    at += segment.length
    return { segment, from, to: at }
  })
}

const idsShown = () => shown.peek().map(({ segment }) => segment.segment_id)

/** Moves a segment to another position, counted from 0: at once here, then for everyone. */
export async function moveTo(segment: SegmentJson, place: number): Promise<void> {
  const ids = idsShown().filter((id) => id !== segment.segment_id)
  ids.splice(place, 0, segment.segment_id)
  show(ids)
  if (!(await moveSegment(segment.segment_id, place))) wanted.value = null
}

function show(ids: number[]): void {
  wanted.value = { ids, revision: draft.peek()?.revision ?? 0 }
}

/** Handles a key on a segment of the timeline. @returns whether the key had a meaning. */
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

/** Cancels a move by keyboard and restores the order. */
export function dropBack(): void {
  lifted.value = null
  wanted.value = null
}

function placeOf(id: number): number {
  return idsShown().indexOf(id)
}
