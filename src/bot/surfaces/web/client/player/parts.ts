import type { Span } from '../state.ts'

/** One segment as the player shows it; no DOM here. Times are seconds from the beginning of the film. */
export interface Part {
  id: number
  from: number
  to: number
  /** The rendered segment; null while it is being made. */
  clip: string | null
  /** What is shown for as long as there is no clip. */
  still: string | null
  /** What is heard as long as there is no mix. */
  voice: string | null
  text: string
}

/** @param length of the whole film: what comes after the last word is shown with the last segment. */
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

/** The segment that is seen at a moment, the last one at the very end; -1 without any. */
export function indexAt(parts: readonly Part[], time: number): number {
  const index = parts.findIndex(({ to }) => time < to)
  return index === -1 ? parts.length - 1 : index
}

/**
 * Where somebody is after a draft has become another one: at the same place of the same segment, however long those before it are now;
 * of a segment that is gone, at the end of the one before it.
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

/** Seconds that picture and sound may be apart without anybody noticing. */
const UNNOTICED = 0.02
/** Seconds from which on a jump is less of a disturbance than a picture that is late. */
const FAR = 0.3
/** How much faster or slower the picture runs until it is where the sound is. */
const NUDGE = 0.08

/** What brings a picture to where the sound is: another rate of playing, or a jump. */
export function correction(shown: number, wanted: number): { rate: number } | { seek: number } {
  const late = wanted - shown
  if (Math.abs(late) > FAR) return { seek: wanted }
  if (Math.abs(late) <= UNNOTICED) return { rate: 1 }
  return { rate: late > 0 ? 1 + NUDGE : 1 - NUDGE }
}

/** Segments before and behind the one that is seen whose clips are kept ready. */
const READY = { before: 1, after: 2 }

/** The segments to be kept ready at a moment, the most urgent one first. */
export function wantedAt(parts: readonly Part[], index: number): Part[] {
  const order = [0, 1, -1, 2].filter((step) => step >= -READY.before && step <= READY.after)
  return order.flatMap((step) => parts[index + step] ?? [])
}
