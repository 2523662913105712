import type { Span } from '../state.ts'

/** A segment as the player shows it, without any DOM. Times are in seconds from the beginning of the film. */
export interface Part {
  id: number
  from: number
  to: number
  /** The rendered segment; null while it is being made. */
  clip: string | null
  /** Shown while there is no clip. */
  still: string | null
  /** Played while there is no mix. */
  voice: string | null
  text: string
}

/** @param length of the whole film: the end after the last word is shown with the last segment. */
export function partsOf(spans: readonly Span[], length: number): Part[] {
  return spans.map(({ segment, from, to }, index) => ({
    ...{ id: segment.segment_id, from, to: index === spans.length - 1 ? Math.max(to, length) : to },
    ...{ clip: segment.clip_url, text: segment.text },
    ...{ still: segment.footage.still_url, voice: segment.voice.url },
  }))
}

export function lengthOf(parts: readonly Part[]): number {
  return parts.at(-1)?.to ?? 0
}

/** Index of the segment shown at a moment, the last one at the very end; -1 if there are no segments. */
export function indexAt(parts: readonly Part[], time: number): number {
  const index = parts.findIndex(({ to }) => time < to)
  return index === -1 ? parts.length - 1 : index
}

/**
 * The player's position after the draft has changed: the same offset in the same segment, however long the segments before
 * it are now; if that segment is gone, the end of the one before it.
 */
export function sameMoment(before: readonly Part[], after: readonly Part[], time: number): number {
  const index = indexAt(before, time)
  const was = before[index]
  if (!was) return 0
  const now = after.find(({ id }) => id === was.id)
  if (now) return Math.min(now.from + Math.max(0, time - was.from), now.to)
  const previous = before
    .slice(0, index)
    .reverse()
    .map(({ id }) => after.find((part) => part.id === id))
    .find((part) => part !== undefined)
  return previous?.to ?? 0
}

/** Offset in seconds between picture and sound that nobody notices. */
const UNNOTICED = 0.02
/** Offset in seconds from which a jump is less disturbing than a late picture. */
const FAR = 0.3
/** How much faster or slower the picture runs to catch up with the sound. */
const NUDGE = 0.08

/** The correction that brings the picture in line with the sound: another playback rate, or a jump. */
export function correction(shown: number, wanted: number): { rate: number } | { seek: number } {
  const late = wanted - shown
  if (Math.abs(late) > FAR) return { seek: wanted }
  if (Math.abs(late) <= UNNOTICED) return { rate: 1 }
  return { rate: late > 0 ? 1 + NUDGE : 1 - NUDGE }
}

/** Number of segments before and after the current one whose clips are kept ready. */
const READY = { before: 1, after: 2 }

/** The segments to keep ready, most urgent first. */
export function wantedAt(parts: readonly Part[], index: number): Part[] {
  const order = [0, 1, -1, 2].filter((step) => step >= -READY.before && step <= READY.after)
  return order.flatMap((step) => parts[index + step] ?? [])
}
