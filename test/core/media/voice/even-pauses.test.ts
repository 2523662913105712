import { describe, expect, it } from 'vitest'
import { evenPauses } from '../../../../src/core/media/voice/even-pauses.ts'
import { pausesIn } from '../../../../src/core/media/voice/speech-audio.ts'
import { SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../../../src/core/model/formats.ts'

/** A tone during these ranges of seconds, then a quarter of a second of silence. */
function speech(...sounds: [from: number, to: number][]) {
  const speechEnd = sounds.at(-1)?.[1] ?? 0
  const frames = Math.ceil(((speechEnd + 0.25) * SAMPLE_RATE) / SAMPLES_PER_FRAME)
  const samples = new Int16Array(frames * SAMPLES_PER_FRAME)
  for (const [from, to] of sounds)
    for (let at = Math.round(from * SAMPLE_RATE); at < to * SAMPLE_RATE; at++)
      samples[at] = Math.round(8000 * Math.sin((2 * Math.PI * 220 * at) / SAMPLE_RATE))
  return { samples, speechEnd, cut: 0 }
}

describe('evenPauses', () => {
  it('shortens long pauses to those between segments, and leaves the others', () => {
    const said = speech([0.02, 1], [1.2, 2], [3, 4], [4.6, 5])
    const even = evenPauses(said)
    const lengths = pausesIn(even.samples, 0.1).map(({ from, to }) => to - from)
    expect(lengths).toHaveLength(4)
    for (const length of lengths) {
      expect(length).toBeGreaterThanOrEqual(0.19)
      expect(length).toBeLessThanOrEqual(0.35)
    }
    expect(even.samples.length % SAMPLES_PER_FRAME).toBe(0)
  })

  it('says where each moment is now', () => {
    const said = speech([0.02, 1], [1.2, 2], [3, 4], [4.6, 5])
    const { at, samples } = evenPauses(said)
    expect([0, 1, 1.2, 2].map(at)).toEqual([0, 1, 1.2, 2])
    const begins = pausesIn(samples, 0.25).map(({ to }) => to)
    expect(at(3)).toBeCloseTo(begins[0] ?? 0, 1)
    expect(at(4.6)).toBeCloseTo(begins[1] ?? 0, 1)
    expect(at(3) - 2).toBeCloseTo(0.3, 1)
  })

  it('changes nothing where nothing is long', () => {
    const said = speech([0.02, 1], [1.3, 2])
    expect(evenPauses(said).samples).toBe(said.samples)
  })
})
