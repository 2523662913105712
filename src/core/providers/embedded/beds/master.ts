import { biquad, goRound, highPass, type Loop } from './loop.ts'

/** LUFS of every bed; low enough that no bed needs hard limiting. */
const LOUDNESS = -20
/** Samples stay below −3 dBFS. */
const CEILING = 10 ** (-3.2 / 20)

/** Brings a loop to its loudness, without what lies below hearing, and with its peaks rounded off. */
export function master(loop: Loop): void {
  for (const name of ['left', 'right'] as const) {
    const clean = goRound(loop[name], loop.rate, highPass(28, loop.rate))
    const mean = clean.reduce((sum, sample) => sum + sample, 0) / clean.length
    loop[name] = clean.map((sample) => sample - mean)
  }
  // Rounding peaks off lowers the loudness a little; the second time makes up for it.
  for (let time = 0; time < 2; time++) {
    const gain = 10 ** ((LOUDNESS - loudness(loop)) / 20)
    for (const name of ['left', 'right'] as const)
      loop[name] = loop[name].map((sample) => rounded(sample * gain))
  }
}

/** Seconds of a file of `toWav` that has so many bytes. */
export function wavSeconds(bytes: number, rate: number): number {
  return (bytes - 44) / (rate * 4)
}

/** 16-bit stereo WAV. */
export function toWav({ left, right, rate }: Loop): Buffer {
  const bytes = left.length * 4
  const out = Buffer.alloc(44 + bytes)
  out.write('RIFF', 0)
  out.writeUInt32LE(36 + bytes, 4)
  out.write('WAVEfmt ', 8)
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(1, 20)
  out.writeUInt16LE(2, 22)
  out.writeUInt32LE(rate, 24)
  out.writeUInt32LE(rate * 4, 28)
  out.writeUInt16LE(4, 32)
  out.writeUInt16LE(16, 34)
  out.write('data', 36)
  out.writeUInt32LE(bytes, 40)
  for (let i = 0; i < left.length; i++) {
    out.writeInt16LE(Math.round((left[i] ?? 0) * 32_767), 44 + i * 4)
    out.writeInt16LE(Math.round((right[i] ?? 0) * 32_767), 46 + i * 4)
  }
  return out
}

/** Ungated loudness by ITU-R BS.1770-4; its filters' coefficients are those for 48 kHz. */
function loudness({ left, right, rate }: Loop): number {
  let energy = 0
  for (const channel of [left, right]) {
    const shelf = biquad(
      1.53512485958697,
      -2.69169618940638,
      1.19839281085285,
      -1.69065929318241,
      0.73248077421585,
    )
    const low = biquad(1, -2, 1, -1.99004745483398, 0.99007225036621)
    const weighted = goRound(channel, rate, (sample) => low(shelf(sample)))
    energy += weighted.reduce((sum, sample) => sum + sample * sample, 0) / weighted.length
  }
  return -0.691 + 10 * Math.log10(energy)
}

/** Linear up to half the ceiling, then bent so that it never reaches it. */
function rounded(sample: number): number {
  const knee = CEILING / 2
  const size = Math.abs(sample)
  if (size <= knee) return sample
  return Math.sign(sample) * (knee + (CEILING - knee) * Math.tanh((size - knee) / (CEILING - knee)))
}
