import { computed, signal } from '@preact/signals'
import type { DraftJson, SegmentJson } from '../draft-json.ts'

/** What the page of one draft knows. Components read these signals; only `live.ts` writes the first three. */

export const draft = signal<DraftJson | null>(null)
/** Names of those who have the page open. */
export const here = signal<string[]>([])
/** False while the connection is broken. */
export const online = signal(true)

/** The id of the segment whose panel is open. */
export const selected = signal<number | null>(null)
/** Seconds from the beginning of the film: where the player is, and goes to when somebody else sets it. */
export const playhead = signal(0)
export const playing = signal(false)
/** Where somebody wants to be, in seconds from the beginning: the player goes there, and sets it back to null. */
export const seeking = signal<number | null>(null)

/** Puts the player somewhere, playing or not. @param at seconds from the beginning. */
export function seek(at: number): void {
  playhead.value = at
  seeking.value = at
}

/** When each segment begins and ends in the film, in seconds. */
export const spans = computed<Span[]>(() => {
  let at = 0
  return (draft.value?.segments ?? []).map((segment) => {
    const from = at
    at += segment.length
    return { segment, from, to: at }
  })
})

export interface Span {
  segment: SegmentJson
  from: number
  to: number
}
