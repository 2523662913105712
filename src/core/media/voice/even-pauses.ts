import { SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../model/formats.ts'
import { pausesIn, type TrimmedSpeech } from './speech-audio.ts'

/** The longest pause in seconds, and what remains of longer ones: about the pause between two segments. */
const LONGEST = 0.35
const LEFT = 0.3
/** The number of samples of the crossfade at a cut. */
const BLEND = SAMPLE_RATE / 200

export interface EvenSpeech {
  /** A whole number of frames. */
  samples: Int16Array<ArrayBuffer>
  /** Maps a moment of the original speech to the new one, both in seconds. */
  at(moment: number): number
}

/**
 * Shortens the pauses in which a voice breathes to about those between segments, so that a film doesn't sound halting. They are
 * cut in the middle, so that a breath keeps its beginning and end.
 */
export function evenPauses({ samples, speechEnd }: TrimmedSpeech): EvenSpeech {
  const cuts = pausesIn(samples, LONGEST)
    .filter(({ from, to }) => from > 0 && to < speechEnd)
    .map(({ from, to }) => ({ from: from + LEFT / 2, to: to - LEFT / 2 }))
  const at = (moment: number) =>
    moment -
    cuts.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(moment, to) - Math.min(moment, from)), 0)
  if (cuts.length === 0) return { samples, at }
  const length = Math.round(at(samples.length / SAMPLE_RATE) * SAMPLE_RATE)
  const even = new Int16Array(Math.ceil(length / SAMPLES_PER_FRAME) * SAMPLES_PER_FRAME)
  let written = 0
  let read = 0
  const copyTo = (end: number) => {
    even.set(samples.subarray(read, end).subarray(0, even.length - written), written)
    written = Math.min(even.length, written + end - read)
  }
  for (const { from, to } of cuts) {
    copyTo(Math.round(from * SAMPLE_RATE))
    read = Math.round(to * SAMPLE_RATE)
    for (let i = 0; i < BLEND; i++) {
      const share = (i + 1) / (BLEND + 1)
      const [before, behind] = [even[written - BLEND + i] ?? 0, samples[read - BLEND + i] ?? 0]
      even[written - BLEND + i] = Math.round(before * (1 - share) + behind * share)
    }
  }
  copyTo(samples.length)
  return { samples: even, at }
}
