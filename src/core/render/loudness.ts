import { SAMPLE_RATE } from '../formats.ts'

/** The K-weighting filters of ITU-R BS.1770-4, tables 1 and 2, for 48 kHz: b0, b1, b2, a1, a2. */
const SHELF = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
] as const
const HIGH_PASS = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const
/** Gating blocks are 400 ms long and start every 100 ms. */
const HOP = SAMPLE_RATE / 10
const HOPS_PER_BLOCK = 4
const ABSOLUTE_GATE = -70
const RELATIVE_GATE = -10

/**
 * Measures the integrated loudness of one channel that is played on two, as EBU R128 does it. It is fed while
 * the voices are copied, which spares ffmpeg a run before the mix.
 */
export class LoudnessMeter {
  #hops: number[] = []
  #sum = 0
  #count = 0
  #shelf1 = 0
  #shelf2 = 0
  #pass1 = 0
  #pass2 = 0

  /** Takes 16-bit samples. */
  add(samples: Int16Array): void {
    let [s1, s2, p1, p2, sum, count] = [
      this.#shelf1,
      this.#shelf2,
      this.#pass1,
      this.#pass2,
      this.#sum,
      this.#count,
    ]
    const [a0, a1, a2, a3, a4] = SHELF
    const [, , , h3, h4] = HIGH_PASS
    for (let index = 0; index < samples.length; index++) {
      // Both filters in the transposed direct form II.
      const input = (samples[index] ?? 0) / 32768
      const bright = a0 * input + s1
      s1 = a1 * input - a3 * bright + s2
      s2 = a2 * input - a4 * bright
      const weighted = bright + p1
      p1 = -2 * bright - h3 * weighted + p2
      p2 = bright - h4 * weighted
      sum += weighted * weighted
      if (++count === HOP) {
        this.#hops.push(sum)
        sum = 0
        count = 0
      }
    }
    this.#shelf1 = s1
    this.#shelf2 = s2
    this.#pass1 = p1
    this.#pass2 = p2
    this.#sum = sum
    this.#count = count
  }

  /** LUFS, or null for silence. */
  integrated(): number | null {
    const powers: number[] = []
    for (let index = 0; index + HOPS_PER_BLOCK <= this.#hops.length; index++) {
      const sum = this.#hops.slice(index, index + HOPS_PER_BLOCK).reduce((total, hop) => total + hop, 0)
      // Twice, as both loudspeakers play it.
      powers.push((2 * sum) / (HOP * HOPS_PER_BLOCK))
    }
    const audible = powers.filter((power) => loudnessOf(power) > ABSOLUTE_GATE)
    if (audible.length === 0) return null
    const gate = loudnessOf(mean(audible)) + RELATIVE_GATE
    return loudnessOf(mean(audible.filter((power) => loudnessOf(power) > gate)))
  }
}

function loudnessOf(power: number): number {
  return power > 0 ? -0.691 + 10 * Math.log10(power) : Number.NEGATIVE_INFINITY
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
