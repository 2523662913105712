/** Two circular channels: what is added past the end continues at the beginning. */
export interface Loop {
  rate: number
  left: Float32Array
  right: Float32Array
  /** The input of the room, mono. */
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

/** Adds a sound at a sample position, panned with constant power; `send` is the share that goes to the room. */
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
  for (let i = 0; i < sound.length; i++) {
    const sample = sound[i] ?? 0
    left[place] = (left[place] ?? 0) + sample * toLeft
    right[place] = (right[place] ?? 0) + sample * toRight
    room[place] = (room[place] ?? 0) + sample * level * send
    if (++place === total) place = 0
  }
}

/** How long a filter or room needs to forget its initial state, in seconds. */
export const WARM_UP = 5

/*
 * Filters have memory, so they run around the circle: first over its last seconds without output, then over all of it, so
 * that the state at the end equals the state at the beginning and the seam is inaudible. Their loops are written out,
 * because each of millions of calls to a function with numeric state would leave a number for the garbage collector.
 */

/** Freeverb (Jezar Wakefield, public domain): damped combs, then allpasses; delays for 44.1 kHz, scaled. */
export function addRoom(loop: Loop, size: number, damping: number): void {
  const scale = loop.rate / 44_100
  const [send, warm] = [loop.send, Math.round(WARM_UP * loop.rate)]
  const heard = new Float64Array(warm + send.length)
  for (let i = 0; i < heard.length; i++) heard[i] = send[around(i - warm, send.length)] ?? 0
  const wet = new Float64Array(heard.length)
  for (const [channel, spread] of [
    [loop.left, 0],
    [loop.right, 23],
  ] as const) {
    wet.fill(0)
    for (const delay of [1116, 1277, 1422, 1617])
      comb(heard, wet, Math.round((delay + spread) * scale), size, damping)
    for (const delay of [556, 341]) allpass(wet, Math.round((delay + spread) * scale))
    for (let i = 0; i < channel.length; i++)
      channel[i] = (channel[i] ?? 0) + Math.fround(wet[warm + i] ?? 0) * 0.16
  }
}

/** The index on a circle of the given number of samples; during the warm-up it is below 0. */
function around(place: number, total: number): number {
  return place < 0 ? ((place % total) + total) % total : place
}

/** Adds a comb filter's response to the input to the output. */
function comb(
  input: Float64Array,
  output: Float64Array,
  delay: number,
  feedback: number,
  damping: number,
): void {
  const line = new Float32Array(delay)
  let place = 0
  let store = 0
  for (let i = 0; i < input.length; i++) {
    const out = line[place] ?? 0
    store = out * (1 - damping) + store * damping
    line[place] = (input[i] ?? 0) + store * feedback
    if (++place === delay) place = 0
    output[i] = (output[i] ?? 0) + out
  }
}

function allpass(samples: Float64Array, delay: number): void {
  const line = new Float32Array(delay)
  let place = 0
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0
    const held = line[place] ?? 0
    line[place] = sample + held * 0.5
    if (++place === delay) place = 0
    samples[i] = held - sample
  }
}

/**
 * Removes everything below a frequency: a Butterworth high-pass from the Audio EQ Cookbook
 * (https://www.w3.org/TR/audio-eq-cookbook/), as a second-order section in transposed direct form II.
 */
export function highPassed(samples: Float32Array, rate: number, frequency: number): Float32Array {
  const w = (2 * Math.PI * frequency) / rate
  const alpha = Math.sin(w) * Math.SQRT1_2
  const cos = Math.cos(w)
  const a0 = 1 + alpha
  const [b0, b1, b2] = [(1 + cos) / 2 / a0, -(1 + cos) / a0, (1 + cos) / 2 / a0]
  const [a1, a2] = [(-2 * cos) / a0, (1 - alpha) / a0]
  const total = samples.length
  const clean = new Float32Array(total)
  let z1 = 0
  let z2 = 0
  for (let i = -Math.round(WARM_UP * rate); i < total; i++) {
    const sample = samples[around(i, total)] ?? 0
    const out = b0 * sample + z1
    z1 = b1 * sample - a1 * out + z2
    z2 = b2 * sample - a2 * out
    if (i >= 0) clean[i] = out
  }
  return clean
}
