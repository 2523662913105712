import { createHash } from 'node:crypto'

/** The first 32 bits of a text's SHA-256, as an unsigned integer. */
export function hash32(...parts: (string | number)[]): number {
  return createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE(0)
}

/** Reproducible random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** In [from, to). */
  between(from: number, to: number): number
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number
  pick<T>(choices: readonly [T, ...T[]]): T
  /** Smooth noise over the plane, about −1 to 1, features one unit wide. */
  noise(x: number, y: number): number
  /** `octaves` layers of noise, each twice as fine and half as strong. */
  fractal(x: number, y: number, octaves: number): number
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state are enough for pictures. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const noise = (x: number, y: number) => gradientNoise(seed, x, y)
  return {
    next,
    between: (from, to) => from + (to - from) * next(),
    whole: (from, to) => from + Math.floor((to - from + 1) * next()),
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    noise,
    fractal(x, y, octaves) {
      let sum = 0
      for (let o = 0; o < octaves; o++) sum += noise(x * 2 ** o + o * 17.3, y * 2 ** o - o * 9.7) / 2 ** o
      return sum
    },
  }
}

/** Perlin's gradient noise with quintic fading; the gradients come from an integer hash. */
function gradientNoise(seed: number, x: number, y: number): number {
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const dx = x - x0
  const dy = y - y0
  const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10)
  const corner = (cx: number, cy: number) => {
    const angle = latticeHash(seed, x0 + cx, y0 + cy) * ((2 * Math.PI) / 2 ** 32)
    return Math.cos(angle) * (dx - cx) + Math.sin(angle) * (dy - cy)
  }
  const mix = (a: number, b: number, t: number) => a + (b - a) * t
  const top = mix(corner(0, 0), corner(1, 0), fade(dx))
  const bottom = mix(corner(0, 1), corner(1, 1), fade(dx))
  return mix(top, bottom, fade(dy)) * Math.SQRT2
}

function latticeHash(seed: number, x: number, y: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ seed
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
