/** Single sounds, mono, within about ±1; each ends in silence. */

function frequencyOf(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12)
}

/**
 * A held sound of two slightly detuned voices with soft harmonics up to `cutoff` Hz, lasting `seconds` plus its release.
 * @param attack seconds
 */
export function pad(
  pitch: number,
  seconds: number,
  rate: number,
  cutoff: number,
  attack: number,
): Float32Array {
  const frequency = frequencyOf(pitch)
  const table = waveTable(frequency, cutoff, 1.2)
  const release = 1.4
  const held = Math.round((seconds + release) * rate)
  const out = new Float32Array(held)
  for (const [detune, start] of [
    [1.0022, 0],
    [0.9978, 0.37],
  ] as const) {
    const step = (frequency * detune * table.length) / rate
    let phase = start * table.length
    for (let i = 0; i < held; i++) {
      out[i] = (out[i] ?? 0) + read(table, phase) * 0.5
      phase += step
      if (phase >= table.length) phase -= table.length
    }
  }
  return shaped(out, rate, attack, seconds, release)
}

/** Bowed and short: a brighter wave with a quick swell. */
export function strings(pitch: number, seconds: number, rate: number): Float32Array {
  const frequency = frequencyOf(pitch)
  const table = waveTable(frequency, 2600, 1.1)
  const release = 0.16
  const out = new Float32Array(Math.round((seconds + release) * rate))
  for (const detune of [1.003, 0.997]) {
    const step = (frequency * detune * table.length) / rate
    let phase = detune * 500
    for (let i = 0; i < out.length; i++) {
      out[i] = (out[i] ?? 0) + read(table, phase) * 0.5
      phase += step
      if (phase >= table.length) phase -= table.length
    }
  }
  return shaped(out, rate, 0.022, seconds * 0.55, release)
}

export function bass(pitch: number, seconds: number, rate: number): Float32Array {
  const frequency = frequencyOf(pitch)
  const release = 0.12
  const table = Float32Array.from({ length: 2048 }, (_, i) => {
    const t = (i / 2048) * 2 * Math.PI
    return Math.sin(t) + 0.32 * Math.sin(2 * t) + 0.1 * Math.sin(3 * t)
  })
  const out = new Float32Array(Math.round((seconds + release) * rate))
  const step = (frequency * table.length) / rate
  let phase = 0
  for (let i = 0; i < out.length; i++) {
    out[i] = read(table, phase) * Math.exp((-i / rate) * 0.9) * 0.75
    phase += step
    if (phase >= table.length) phase -= table.length
  }
  return shaped(out, rate, 0.012, seconds * 0.92, release)
}

/** Struck or plucked: partials that each decay at their own rate (`ratio`, `level`, seconds to −60 dB). */
const STRUCK = {
  keys: [
    [1, 0.7, 2.6],
    [2, 0.26, 1.5],
    [3, 0.15, 1.0],
    [4, 0.08, 0.6],
    [5, 0.045, 0.4],
    [7, 0.02, 0.25],
  ],
  pluck: [
    [1, 0.6, 0.85],
    [2, 0.34, 0.5],
    [3, 0.17, 0.32],
    [4, 0.1, 0.22],
    [5, 0.05, 0.16],
  ],
  bell: [
    [1, 0.55, 3.6],
    [2, 0.22, 2.4],
    [2.76, 0.12, 1.5],
    [5.4, 0.05, 0.8],
  ],
} as const

export function struck(kind: keyof typeof STRUCK, pitch: number, rate: number): Float32Array {
  const frequency = frequencyOf(pitch)
  const longest = Math.max(...STRUCK[kind].map(([, , seconds]) => seconds))
  const out = new Float32Array(Math.round(longest * rate))
  for (const [ratio, level, seconds] of STRUCK[kind]) {
    if (frequency * ratio > rate * 0.4) continue
    const decay = 10 ** (-3 / (seconds * rate))
    const turn = 2 * Math.cos((2 * Math.PI * frequency * ratio) / rate) * decay
    // A two-pole resonator, struck once: a decaying sine from two multiplications per sample.
    let before = 0
    let now = level * Math.sin((2 * Math.PI * frequency * ratio) / rate)
    const length = Math.round(seconds * rate)
    for (let i = 0; i < length; i++) {
      out[i] = (out[i] ?? 0) + now
      const next = turn * now - decay * decay * before
      before = now
      now = next
    }
  }
  // Soft hammers: without a rise of a few milliseconds, every onset would click.
  const rise = Math.round((kind === 'pluck' ? 0.002 : 0.006) * rate)
  for (let i = 0; i < rise; i++) out[i] = ((out[i] ?? 0) * i) / rise
  return fadeOut(out, rate)
}

/** A sine that falls from `from` to `to` Hz and decays. */
export function drum(from: number, to: number, seconds: number, rate: number): Float32Array {
  let phase = 0
  const out = new Float32Array(Math.round(seconds * rate)).map((_, i) => {
    const t = i / rate
    phase += (2 * Math.PI * (to + (from - to) * Math.exp(-t * 32))) / rate
    return Math.sin(phase) * Math.exp((-t * 5.5) / seconds) * Math.min(1, t / 0.003)
  })
  return fadeOut(out, rate)
}

/** Filtered noise: `colour` 1 keeps only the highest frequencies, 0 the middle. `random` returns numbers in [0, 1). */
export function noise(seconds: number, colour: number, rate: number, random: () => number): Float32Array {
  let last = 0
  let smooth = 0
  const out = new Float32Array(Math.round(seconds * rate)).map((_, i) => {
    const t = i / rate
    const white = random() * 2 - 1
    const high = white - last
    last = white
    smooth += 0.22 * (white - smooth)
    const mixed = colour * high * 0.6 + (1 - colour) * smooth * 1.6
    return mixed * Math.exp((-t * 6) / seconds) * Math.min(1, t / 0.002)
  })
  return fadeOut(out, rate)
}

function waveTable(frequency: number, cutoff: number, slope: number): Float32Array {
  const harmonics = Math.max(1, Math.min(24, Math.floor(cutoff / frequency)))
  const size = 2048
  const table = new Float32Array(size)
  for (let n = 1; n <= harmonics; n++) {
    // The spectrum ends gently instead of with an edge.
    const level = n ** -slope * (1 - ((n - 1) / (harmonics + 1)) ** 2)
    for (let i = 0; i < size; i++)
      table[i] = (table[i] ?? 0) + level * Math.sin((2 * Math.PI * n * i) / size + n * n * 0.7)
  }
  return table
}

function read(table: Float32Array, phase: number): number {
  const i = Math.floor(phase)
  const a = table[i % table.length] ?? 0
  const b = table[(i + 1) % table.length] ?? 0
  return a + (b - a) * (phase - i)
}

function shaped(
  out: Float32Array,
  rate: number,
  attack: number,
  held: number,
  release: number,
): Float32Array {
  const ease = (t: number) => t * t * (3 - 2 * t)
  for (let i = 0; i < out.length; i++) {
    const t = i / rate
    const rise = t < attack ? ease(t / attack) : 1
    const fall = t > held ? ease(Math.max(0, 1 - (t - held) / release)) : 1
    out[i] = (out[i] ?? 0) * rise * fall
  }
  return out
}

function fadeOut(out: Float32Array, rate: number): Float32Array {
  const length = Math.min(out.length, Math.round(0.02 * rate))
  for (let i = 0; i < length; i++) {
    const place = out.length - 1 - i
    out[place] = ((out[place] ?? 0) * i) / length
  }
  return out
}
