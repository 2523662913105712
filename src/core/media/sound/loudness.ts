import { SAMPLE_RATE } from '../../model/formats.ts'
import { LIMITER_ATTACK, LIMITER_RELEASE } from './sound-args.ts'

/** The K-weighting filters of ITU-R BS.1770-4, tables 1 and 2, for 48 kHz: b0, b1, b2, a1, a2. */
const SHELF = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
] as const
const HIGH_PASS = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const
const ABSOLUTE_GATE = -70
const RELATIVE_GATE = -10
/** The sound is stored in chunks as long as the limiter's lookahead. */
const PIECE = LIMITER_ATTACK * SAMPLE_RATE
/** Gating blocks are 400 ms long and start every 100 ms. */
const PIECES_PER_HOP = (0.1 * SAMPLE_RATE) / PIECE
const HOPS_PER_BLOCK = 4

/**
 * Measures the integrated loudness of a mono channel played on two, according to EBU R128, and predicts the effect of a
 * limiter. It is fed while the voices are copied, which saves a run of ffmpeg before the mix.
 */
export class LoudnessMeter {
  /** Per chunk: the weighted energy, and the highest sample. */
  #energies: number[] = []
  #peaks: number[] = []
  #state = { s1: 0, s2: 0, p1: 0, p2: 0, energy: 0, peak: 0, count: 0 }

  /** Adds 16-bit samples. */
  add(samples: Int16Array): void {
    let { s1, s2, p1, p2, energy, peak, count } = this.#state
    const [a0, a1, a2, a3, a4] = SHELF
    const [, , , h3, h4] = HIGH_PASS
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] ?? 0
      // Both filters in transposed direct form II.
      const input = sample / 32768
      const bright = a0 * input + s1
      s1 = a1 * input - a3 * bright + s2
      s2 = a2 * input - a4 * bright
      const weighted = bright + p1
      p1 = -2 * bright - h3 * weighted + p2
      p2 = bright - h4 * weighted
      energy += weighted * weighted
      const level = sample < 0 ? -sample : sample
      if (level > peak) peak = level
      if (++count === PIECE) {
        this.#energies.push(energy)
        this.#peaks.push(peak / 32768)
        energy = 0
        peak = 0
        count = 0
      }
    }
    this.#state = { s1, s2, p1, p2, energy, peak, count }
  }

  /** In LUFS; null for silence. */
  integrated(): number | null {
    return gatedLoudness(this.#energies)
  }

  /**
   * The gain in dB at which a limiter with this ceiling (dBFS) outputs this loudness (LUFS); 0 for silence. It simulates
   * the limiter chunk by chunk, which comes within a few tenths of ffmpeg's.
   */
  gainFor(target: number, ceiling: number): number {
    const natural = this.integrated()
    if (natural === null) return 0
    let gain = target - natural
    for (let round = 0; round < 8; round++) {
      const limited = gatedLoudness(this.#limited(gain, 10 ** (ceiling / 20)))
      const off = target - (limited ?? target)
      if (Math.abs(off) < 0.05) break
      gain += off
    }
    // Clicks can't be made loud; beyond this they are only distorted.
    return Math.min(gain, target - natural + MOST_LIMITING)
  }

  #limited(gain: number, ceiling: number): number[] {
    const factor = 10 ** (gain / 20)
    let reduction = 1
    let recovery = 0
    return this.#energies.map((energy, index) => {
      // It starts attenuating one chunk before the peak, and releases linearly.
      const ahead = Math.max(this.#peaks[index] ?? 0, this.#peaks[index + 1] ?? 0) * factor
      const allowed = ahead > ceiling ? ceiling / ahead : 1
      const before = reduction
      reduction = Math.min(1, reduction + recovery)
      if (allowed < reduction) {
        reduction = allowed
        recovery = ((1 - reduction) * LIMITER_ATTACK) / LIMITER_RELEASE
      }
      const mean = (before + reduction) / 2
      return energy * (factor * mean) ** 2
    })
  }
}

/** The maximum limiting in dB beyond the plain gain. */
const MOST_LIMITING = 12

function gatedLoudness(energies: number[]): number | null {
  const hops: number[] = []
  for (let start = 0; start + PIECES_PER_HOP <= energies.length; start += PIECES_PER_HOP) {
    let sum = 0
    for (let index = start; index < start + PIECES_PER_HOP; index++) sum += energies[index] ?? 0
    hops.push(sum)
  }
  const powers: number[] = []
  for (let index = 0; index + HOPS_PER_BLOCK <= hops.length; index++) {
    let sum = 0
    for (let hop = index; hop < index + HOPS_PER_BLOCK; hop++) sum += hops[hop] ?? 0
    // Twice, because both loudspeakers play it.
    powers.push((2 * sum) / (PIECE * PIECES_PER_HOP * HOPS_PER_BLOCK))
  }
  const audible = powers.filter((power) => loudnessOf(power) > ABSOLUTE_GATE)
  if (audible.length === 0) return null
  const gate = loudnessOf(mean(audible)) + RELATIVE_GATE
  return loudnessOf(mean(audible.filter((power) => loudnessOf(power) > gate)))
}

function loudnessOf(power: number): number {
  return power > 0 ? -0.691 + 10 * Math.log10(power) : Number.NEGATIVE_INFINITY
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
