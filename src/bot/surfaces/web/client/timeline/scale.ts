import { computed, signal } from '@preact/signals'
import { draft, spans } from '../state.ts'

/** Pixels per second: from a whole long film on a phone to a single word on a desktop. */
const RANGE = { min: 4, max: 200 }
/** Zoom factor per press: two presses double or halve the scale. */
const STEP = Math.SQRT2
/**
 * Limits of the initial scale, which fits the whole film if possible: wide enough to read words, and no wider than makes
 * sense.
 */
const AT_FIRST = { min: 26, max: 160 }

/** Null until the reader has zoomed: the scale then follows from the width. */
const chosen = signal<number | null>(null)
/** Width of the timeline in pixels. */
export const width = signal(0)

/** Pixels that the stylesheet leaves free beside the first and last block. */
const BESIDE = 24
const room = computed(() => width.value - BESIDE)

/** Length of all blocks in seconds. */
export const total = computed(() => spans.value.at(-1)?.to ?? 0)
/** Length of the whole film in seconds, including the end after the last word. */
export const filmLength = computed(() => Math.max(total.value, draft.value?.length ?? 0))

/** Pixels per second. */
export const scale = computed(() => {
  if (chosen.value !== null) return chosen.value
  if (total.value === 0 || width.value === 0) return AT_FIRST.min
  return Math.min(AT_FIRST.max, Math.max(AT_FIRST.min, room.value / total.value))
})

export const canZoomIn = computed(() => scale.value < RANGE.max)
export const canZoomOut = computed(() => scale.value > RANGE.min)

export function zoom(direction: 1 | -1): void {
  chosen.value = within(scale.value * (direction > 0 ? STEP : 1 / STEP))
}

/** Zooms so that the whole film fits. */
export function fit(): void {
  if (total.value > 0) chosen.value = within(room.value / total.value)
}

function within(value: number): number {
  return Math.min(RANGE.max, Math.max(RANGE.min, value))
}

/** Width of a ruler label in pixels, and the possible intervals between marks in seconds. */
const LABEL = 64
const MARKS = [1, 2, 5, 10, 15, 30, 60, 120, 300]

export const markEvery = computed(() => MARKS.find((each) => each * scale.value >= LABEL) ?? 600)
