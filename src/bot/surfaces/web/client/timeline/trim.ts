import { effect, signal } from '@preact/signals'
import type { SegmentJson } from '../../draft-json.ts'
import { setDuration } from '../changes.ts'
import { draft } from '../state.ts'
import { scale } from './scale.ts'

/** The server's limits for a segment's duration, in seconds. */
const ALLOWED = { min: 1, max: 120 }
/** Frames per second: lengths are whole frames. */
const FPS = 30

/** The new length of a segment being trimmed and its duration before, until the server reports another one. */
const trimmed = signal<{ id: number; before: number | null; length: number } | null>(null)

effect(() => {
  const { value } = trimmed
  const now = draft.value?.segments.find(({ segment_id }) => segment_id === value?.id)
  if (value && now?.duration !== value.before) trimmed.value = null
})

/** The length of a segment as shown, in seconds. */
export function lengthOf(segment: SegmentJson): number {
  const { value } = trimmed
  return value?.id === segment.segment_id && value.before === segment.duration ? value.length : segment.length
}

/** The minimum length of a segment: its narration is never cut. */
export function shortest({ tts_duration }: SegmentJson): number {
  return Math.max(ALLOWED.min, tts_duration ?? 0)
}

export const LONGEST = ALLOWED.max

/** Trims by dragging the edge of a block. */
export function trimByPointer(event: PointerEvent, segment: SegmentJson): void {
  if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
  event.preventDefault()
  event.stopPropagation()
  const edge = event.currentTarget
  const from = event.clientX
  const before = segment.length
  edge.setPointerCapture(event.pointerId)
  const move = (moved: PointerEvent) => show(segment, before + (moved.clientX - from) / scale.peek())
  const end = (ended: PointerEvent) => {
    edge.removeEventListener('pointermove', move)
    edge.removeEventListener('pointerup', end)
    edge.removeEventListener('pointercancel', end)
    if (ended.type === 'pointerup' && ended.clientX !== from) void save(segment, lengthOf(segment))
    else trimmed.value = null
  }
  edge.addEventListener('pointermove', move)
  edge.addEventListener('pointerup', end)
  edge.addEventListener('pointercancel', end)
}

/** Step per arrow key, in seconds. */
const STEP = 0.5
/** Milliseconds without a key press after which the length is saved. */
const PAUSE = 700
let timer = 0

/** @returns whether the key had a meaning. */
export function trimByKey(key: string, segment: SegmentJson): boolean {
  const by = { ArrowRight: STEP, ArrowUp: STEP, ArrowLeft: -STEP, ArrowDown: -STEP, PageUp: 5, PageDown: -5 }[
    key
  ]
  if (by !== undefined) show(segment, lengthOf(segment) + by)
  else if (key === 'Home') show(segment, shortest(segment))
  else return false
  // Stored now, because the shown length may follow the server before the timer ends.
  const length = trimmed.peek()?.length ?? lengthOf(segment)
  clearTimeout(timer)
  timer = window.setTimeout(() => void save(segment, length), PAUSE)
  return true
}

/** Resets a segment to the length of its voice. */
export function untrim(segment: SegmentJson): void {
  if (segment.duration !== null) void setDuration(segment, null)
}

function show(segment: SegmentJson, length: number): void {
  const frames = Math.round(Math.min(LONGEST, Math.max(shortest(segment), length)) * FPS)
  trimmed.value = { id: segment.segment_id, before: segment.duration, length: frames / FPS }
}

/** The last length set from here, to tell it from other people's changes. */
let own: { id: number; duration: number | null } | null = null
let saving: Promise<unknown> = Promise.resolve()

/** A length as short as the voice means following the voice from now on. */
async function save(seen: SegmentJson, length: number): Promise<void> {
  await saving
  const now = draft.peek()?.segments.find(({ segment_id }) => segment_id === seen.segment_id)
  // If others changed the segment but not its length, builds on their version: nothing of theirs is overwritten.
  const isOwn = own?.id === seen.segment_id && now?.duration === own.duration
  const segment = now && (isOwn || now.duration === seen.duration) ? now : seen
  const isVoice = segment.tts_duration !== null && length <= shortest(segment) + 0.5 / FPS
  const isSame = isVoice ? segment.duration === null : Math.abs(length - segment.length) < 0.5 / FPS
  const duration = isVoice ? null : length
  const saved = isSame ? Promise.resolve(false) : setDuration(segment, duration)
  saving = saved
  if (await saved) own = { id: segment.segment_id, duration }
  else trimmed.value = null
}
