import { WAV_HEADER, wavFile } from '../../../media/voice/wav-header.ts'
import { highPassed, type Loop, WARM_UP } from './loop.ts'

/** Loudness of every bed in LUFS; low enough that no bed needs hard limiting. */
const LOUDNESS = -20
/** Samples stay below −3 dBFS. */
const CEILING = 10 ** (-3.2 / 20)

/** Brings a loop to its loudness, removes inaudibly low frequencies, and rounds off its peaks. */
export function master(loop: Loop): void {
  for (const name of ['left', 'right'] as const) {
    const clean = highPassed(loop[name], loop.rate, 28)
    let sum = 0
    for (let i = 0; i < clean.length; i++) sum += clean[i] ?? 0
    const mean = sum / clean.length
    for (let i = 0; i < clean.length; i++) clean[i] = (clean[i] ?? 0) - mean
    loop[name] = clean
  }
  // Rounding off peaks lowers the loudness a little; the second pass makes up for it.
  for (let time = 0; time < 2; time++) {
    const gain = 10 ** ((LOUDNESS - loudness(loop)) / 20)
    for (const channel of [loop.left, loop.right])
      for (let i = 0; i < channel.length; i++) channel[i] = rounded((channel[i] ?? 0) * gain)
  }
}

/** The length in seconds of a `toWav` file with the given number of bytes. */
export function wavSeconds(bytes: number, rate: number): number {
  return (bytes - WAV_HEADER) / (rate * 4)
}

/** 16-bit stereo WAV. */
export function toWav({ left, right, rate }: Loop): Buffer {
  const samples = new Int16Array(left.length * 2)
  for (let i = 0; i < left.length; i++) {
    samples[i * 2] = Math.round((left[i] ?? 0) * 32_767)
    samples[i * 2 + 1] = Math.round((right[i] ?? 0) * 32_767)
  }
  return wavFile(samples, rate, 2)
}

/** The BS.1770-4 filters for 48 kHz, in the form that `biquad` takes. */
const SHELF = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
] as const
const LOW = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const

/** Ungated loudness according to ITU-R BS.1770-4. */
function loudness({ left, right, rate }: Loop): number {
  const energy = weightedEnergy(left, rate) + weightedEnergy(right, rate)
  return -0.691 + 10 * Math.log10(energy)
}

/** The energy of a channel after both filters, once around the circle. */
function weightedEnergy(channel: Float32Array, rate: number): number {
  const total = channel.length
  const [a0, a1, a2, a3, a4] = SHELF
  const [b0, b1, b2, b3, b4] = LOW
  let [shelf1, shelf2, low1, low2, energy] = [0, 0, 0, 0, 0]
  for (let i = -Math.round(WARM_UP * rate); i < total; i++) {
    const sample = channel[i < 0 ? ((i % total) + total) % total : i] ?? 0
    const shelved = a0 * sample + shelf1
    shelf1 = a1 * sample - a3 * shelved + shelf2
    shelf2 = a2 * sample - a4 * shelved
    const low = b0 * shelved + low1
    low1 = b1 * shelved - b3 * low + low2
    low2 = b2 * shelved - b4 * low
    if (i < 0) continue
    const weighted = Math.fround(low)
    energy += weighted * weighted
  }
  return energy / total
}

/** Linear up to half the ceiling, then curved so that it never reaches it. */
function rounded(sample: number): number {
  const knee = CEILING / 2
  const size = Math.abs(sample)
  if (size <= knee) return sample
  return Math.sign(sample) * (knee + (CEILING - knee) * Math.tanh((size - knee) / (CEILING - knee)))
}
