/** Two channels that are a circle: what is added past the end goes on at the beginning. */
export interface Loop {
  rate: number
  left: Float32Array
  right: Float32Array
  /** What the room hears, mono. */
  send: Float32Array
}

export function newLoop(samples: number, rate: number): Loop {
  return {
    rate,
    left: new Float32Array(samples),
    right: new Float32Array(samples),
    send: new Float32Array(samples),
  }
}

/** Adds a sound at a sample, panned with constant power; `send` is the share that goes to the room. */
export function add(
  loop: Loop,
  sound: Float32Array,
  at: number,
  level: number,
  pan: number,
  send: number,
): void {
  const { left, right, send: room } = loop
  const total = left.length
  const angle = ((Math.max(-1, Math.min(1, pan)) + 1) * Math.PI) / 4
  const [toLeft, toRight] = [Math.cos(angle) * level, Math.sin(angle) * level]
  let place = Math.round(at) % total
  for (const sample of sound) {
    left[place] = (left[place] ?? 0) + sample * toLeft
    right[place] = (right[place] ?? 0) + sample * toRight
    room[place] = (room[place] ?? 0) + sample * level * send
    if (++place === total) place = 0
  }
}

/** Samples of state that a filter or a room needs to have forgotten its start, seconds. */
export const WARM_UP = 5

/**
 * Runs a filter with memory round the circle: first over its last seconds, unheard, then over all of it, so that the
 * state at the end is the state at the beginning and the seam does not show.
 */
export function goRound(
  samples: Float32Array,
  rate: number,
  filter: (sample: number) => number,
): Float32Array {
  const total = samples.length
  for (let i = -Math.round(WARM_UP * rate); i < 0; i++) filter(samples[((i % total) + total) % total] ?? 0)
  return samples.map(filter)
}

/** Freeverb's room (Jezar Wakefield, public domain): damped combs, then allpasses; delays for 44.1 kHz, scaled. */
export function addRoom(loop: Loop, size: number, damping: number): void {
  for (const [channel, spread] of [
    [loop.left, 0],
    [loop.right, 23],
  ] as const) {
    const scale = loop.rate / 44_100
    const combs = [1116, 1277, 1422, 1617].map((delay) =>
      comb(Math.round((delay + spread) * scale), size, damping),
    )
    const passes = [556, 341].map((delay) => allpass(Math.round((delay + spread) * scale)))
    const wet = goRound(loop.send, loop.rate, (sample) => {
      let sum = 0
      for (const filter of combs) sum += filter(sample)
      for (const filter of passes) sum = filter(sum)
      return sum
    })
    for (let i = 0; i < channel.length; i++) channel[i] = (channel[i] ?? 0) + (wet[i] ?? 0) * 0.16
  }
}

function comb(delay: number, feedback: number, damping: number): (sample: number) => number {
  const line = new Float32Array(delay)
  let place = 0
  let store = 0
  return (sample) => {
    const out = line[place] ?? 0
    store = out * (1 - damping) + store * damping
    line[place] = sample + store * feedback
    if (++place === delay) place = 0
    return out
  }
}

function allpass(delay: number): (sample: number) => number {
  const line = new Float32Array(delay)
  let place = 0
  return (sample) => {
    const held = line[place] ?? 0
    line[place] = sample + held * 0.5
    if (++place === delay) place = 0
    return held - sample
  }
}

/** A second-order section in transposed direct form II, coefficients divided by a0. */
function biquad(b0: number, b1: number, b2: number, a1: number, a2: number): (sample: number) => number {
  let z1 = 0
  let z2 = 0
  return (sample) => {
    const out = b0 * sample + z1
    z1 = b1 * sample - a1 * out + z2
    z2 = b2 * sample - a2 * out
    return out
  }
}

/** Butterworth high-pass, from the Audio EQ Cookbook (https://www.w3.org/TR/audio-eq-cookbook/). */
export function highPass(frequency: number, rate: number): (sample: number) => number {
  const w = (2 * Math.PI * frequency) / rate
  const alpha = Math.sin(w) * Math.SQRT1_2
  const cos = Math.cos(w)
  const a0 = 1 + alpha
  return biquad((1 + cos) / 2 / a0, -(1 + cos) / a0, (1 + cos) / 2 / a0, (-2 * cos) / a0, (1 - alpha) / a0)
}
