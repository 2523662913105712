import { computed, signal } from '@preact/signals'
import { draft, spans } from '../state.ts'

/** Pixels for a second: from a whole long film on a phone to a word of it on a desk. */
const RANGE = { min: 4, max: 200 }
/** Two presses of a button double or halve it. */
const STEP = Math.SQRT2
/** What the whole film is shown at, at first, where it fits: so wide that words can be read, and no wider than makes sense. */
const AT_FIRST = { min: 26, max: 160 }

/** Null as long as nobody has chosen: then it follows from the width. */
const chosen = signal<number | null>(null)
/** Pixels that the timeline is wide. */
export const width = signal(0)

/** What the sheet leaves free beside the first and the last block. */
const BESIDE = 24
const room = computed(() => width.value - BESIDE)

/** Seconds of all blocks. */
export const total = computed(() => spans.value.at(-1)?.to ?? 0)
/** Seconds of the whole film, what comes after the last word included. */
export const filmLength = computed(() => Math.max(total.value, draft.value?.length ?? 0))

/** Pixels for a second. */
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

/** Makes the whole film fit. */
export function fit(): void {
  if (total.value > 0) chosen.value = within(room.value / total.value)
}

function within(value: number): number {
  return Math.min(RANGE.max, Math.max(RANGE.min, value))
}

/** Seconds between the marks of the ruler, of which a label needs so many pixels. */
const LABEL = 64
const MARKS = [1, 2, 5, 10, 15, 30, 60, 120, 300]

export const markEvery = computed(() => MARKS.find((each) => each * scale.value >= LABEL) ?? 600)
