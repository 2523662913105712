import { signal } from '@preact/signals'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { sentenceOf } from '../say.ts'
import { Refusal } from '../send.ts'
import { draft, playhead, spans } from '../state.ts'

/** Why a clip could not be made that somebody wants to see; null mostly. */
export const makingFailed = signal<string | null>(null)

/** Segments that have been asked for, as they are: each is tried once, until somebody wants it tried again. */
const asked = new Set<string>()
let isMaking = false

/**
 * Has the clips made that are missing, one after the other, from where the player is: mostly they are made ahead, but not on every
 * host, and not for drafts that have rested for long.
 */
export async function makeMissing(): Promise<void> {
  if (isMaking) return
  isMaking = true
  try {
    for (let next = firstMissing(); next !== undefined; next = firstMissing()) {
      asked.add(nameOf(next))
      try {
        await ask('POST', `/segments/${next.segment_id}/play`)
      } catch (error) {
        makingFailed.value = sentenceOf(error)
        // What is wrong with one clip need not be with the next; without a connection it is.
        if (!(error instanceof Refusal)) return
      }
    }
  } finally {
    isMaking = false
  }
}

export function tryAgain(): void {
  makingFailed.value = null
  asked.clear()
  void makeMissing()
}

function firstMissing(): SegmentJson | undefined {
  if (!draft.peek()?.rights.write) return undefined
  const at = playhead.peek()
  const missing = spans.peek().filter(({ segment }) => isMakable(segment) && !asked.has(nameOf(segment)))
  return (missing.find(({ to }) => to > at) ?? missing[0])?.segment
}

function isMakable({ clip_url, voice, footage }: SegmentJson): boolean {
  return clip_url === null && voice.state === 'ready' && footage.state === 'ready'
}

function nameOf({ segment_id, version }: SegmentJson): string {
  return `${segment_id} ${version}`
}
