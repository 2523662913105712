import { signal } from '@preact/signals'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { sentenceOf } from '../say.ts'
import { Refusal } from '../send.ts'
import { draft, playhead, spans } from '../state.ts'

/** Why a requested clip couldn't be made; usually null. */
export const makingFailed = signal<string | null>(null)

/** Segments and versions that were requested: each is tried once, until the reader presses **Retry**. */
const asked = new Set<string>()
let isMaking = false

/**
 * Requests the missing clips one after another, starting at the player's position. Usually clips are made ahead, but not on
 * every host, and not for drafts that haven't been used for long.
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
        // The next clip may still work, unless the connection is lost.
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
