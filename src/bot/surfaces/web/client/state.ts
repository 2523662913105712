import { computed, signal } from '@preact/signals'
import type { DraftJson, SegmentJson } from '../draft-json.ts'

/** The state of a draft's page. Components read these signals; only `live.ts` writes the first three. */

export const draft = signal<DraftJson | null>(null)
/** Names of the people who have the page open. */
export const here = signal<string[]>([])
/** False while the connection is broken. */
export const online = signal(true)

/** The id of the segment whose panel is open. */
export const selected = signal<number | null>(null)
/** The player's position, in seconds from the beginning of the film. */
export const playhead = signal(0)
export const playing = signal(false)
/** A requested position, in seconds from the beginning: the player goes there and resets it to null. */
export const seeking = signal<number | null>(null)

/** Moves the player, whether or not it is playing. @param at seconds from the beginning. */
export function seek(at: number): void {
  playhead.value = at
  seeking.value = at
}

/** The start and end of each segment in the film, in seconds. */
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
