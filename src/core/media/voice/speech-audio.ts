import { SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../model/formats.ts'

/** Sound this far below the loudest sample is silence. */
const SILENCE = 10 ** (-45 / 20)
/** A recording whose peak is below this (−60 dBFS) contains no speech. */
const NOTHING = 33
const WINDOW = SAMPLE_RATE / 200
/** 15 ms before the first sound; with the 5 ms windows that is never more than 20 ms. */
const LEAD = 3 * WINDOW
const TAIL = SAMPLE_RATE / 4
const FADE = SAMPLE_RATE / 100
/** The target gated RMS of every voice. Providers and fallbacks differ by 10 dB, and the mix only adjusts the overall level. */
const TARGET_RMS = 10 ** (-20 / 20) * 32768
const MAX_PEAK = 10 ** (-1 / 20) * 32768

export interface TrimmedSpeech {
  /** A whole number of frames, with a quarter of a second of quiet at the end. */
  samples: Int16Array<ArrayBuffer>
  /** Seconds cut off at the beginning. */
  cut: number
  /** The end of the speech itself in `samples`, in seconds. */
  speechEnd: number
}

/** Cuts the silence around speech and normalizes its level; null if it is silent. */
export function trimSpeech(decoded: Int16Array): TrimmedSpeech | null {
  const peak = peakOf(decoded)
  if (peak < NOTHING) return null
  const loud = windowLevels(decoded).map((level) => level > peak * SILENCE)
  const first = loud.indexOf(true)
  if (first < 0) return null
  const start = Math.max(0, first * WINDOW - LEAD)
  const speechEnd = Math.min(decoded.length, (loud.lastIndexOf(true) + 1) * WINDOW)
  const kept = Math.min(decoded.length, speechEnd + TAIL)
  const frames = Math.ceil((speechEnd + TAIL - start) / SAMPLES_PER_FRAME)
  const samples = new Int16Array(frames * SAMPLES_PER_FRAME)
  const gain = gainFor(decoded, peak)
  for (let i = start; i < kept; i++) {
    // The quiet after the last sound fades to zero, so that the padding doesn't click.
    const fade = Math.min(1, (kept - i) / FADE, i < speechEnd ? 1 : (kept - i) / (kept - speechEnd))
    samples[i - start] = Math.round((decoded[i] ?? 0) * gain * fade)
  }
  return { samples, cut: start / SAMPLE_RATE, speechEnd: (speechEnd - start) / SAMPLE_RATE }
}

/** The pauses of at least `minimum` seconds, in seconds. */
export function pausesIn(samples: Int16Array, minimum: number): { from: number; to: number }[] {
  // 10 dB above the trimming threshold, because there is breath and room noise between words.
  const threshold = peakOf(samples) * SILENCE * 3.2
  const pauses: { from: number; to: number }[] = []
  let from = -1
  const levels = windowLevels(samples)
  levels.forEach((level, index) => {
    const silent = level <= threshold
    if (silent && from < 0) from = index
    if (from >= 0 && (!silent || index === levels.length - 1)) {
      const pause = { from: (from * WINDOW) / SAMPLE_RATE, to: (index * WINDOW) / SAMPLE_RATE }
      if (pause.to - pause.from >= minimum) pauses.push(pause)
      from = -1
    }
  })
  return pauses
}

function gainFor(samples: Int16Array, peak: number): number {
  let energy = 0
  let count = 0
  for (const level of windowLevels(samples)) {
    if (level <= peak * SILENCE) continue
    energy += level * level
    count++
  }
  return Math.min(TARGET_RMS / Math.sqrt(energy / count), MAX_PEAK / peak)
}

function peakOf(samples: Int16Array): number {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  return peak
}

/** The RMS of each 5 ms. */
function windowLevels(samples: Int16Array): number[] {
  const levels: number[] = []
  for (let at = 0; at < samples.length; at += WINDOW) {
    const end = Math.min(samples.length, at + WINDOW)
    let energy = 0
    for (let i = at; i < end; i++) energy += (samples[i] ?? 0) ** 2
    levels.push(Math.sqrt(energy / (end - at)))
  }
  return levels
}
