import type { WordTiming } from '../../model/providers.ts'
import { type WordUnit, wordUnits } from './word-units.ts'
import { wordWeight } from './word-weight.ts'

export interface Pause {
  from: number
  to: number
}

interface TimedWord extends WordUnit {
  weight: number
  /** The expected pause after it: 0 for none, 1 at a comma, 2 at the end of a sentence. */
  breath: 0 | 1 | 2
}

/** The length in syllables of no pause, one at a comma and one at a full stop, for the first guess. */
const BREATH = [0, 1.5, 3] as const

/**
 * Estimates when each word is spoken, for voices that don't report it: by syllables, anchored where the sound pauses near
 * punctuation.
 * @param pauses silences inside the speech, in order, in seconds.
 * @param end the end of the speech in seconds.
 */
export function estimateWords(text: string, language: string, pauses: Pause[], end: number): WordTiming[] {
  const words = timedWords(text, language)
  const anchors = align(words, pauses, end)
  const timings: WordTiming[] = []
  let first = 0
  let from = 0
  for (const anchor of [...anchors, { word: words.length - 1, pause: { from: end, to: end } }]) {
    const group = words.slice(first, anchor.word + 1)
    timings.push(...spread(group, from, Math.max(from, anchor.pause.from)))
    first = anchor.word + 1
    from = anchor.pause.to
  }
  return timings
}

function timedWords(text: string, language: string): TimedWord[] {
  const units = wordUnits(text, language)
  return units.map((unit, index) => {
    const between = text.slice(unit.end, units[index + 1]?.start ?? text.length)
    const breath = /[.!?…。！？।؟\n]/u.test(between) ? 2 : /[,;:—–،、，；：)]/u.test(between) ? 1 : 0
    return { ...unit, weight: wordWeight(unit.text, language), breath }
  })
}

function spread(words: TimedWord[], from: number, to: number): WordTiming[] {
  // An expected pause that wasn't found in the sound still gets half the time of the first guess.
  const total = words.reduce((sum, word, index) => sum + word.weight + inner(word, index, words), 0)
  const unit = total > 0 ? (to - from) / total : 0
  let at = from
  return words.map((word, index) => {
    const timing = { start: word.start, end: word.end, from: at, to: at + word.weight * unit }
    at = timing.to + inner(word, index, words) * unit
    return timing
  })
}

function inner(word: TimedWord, index: number, words: TimedWord[]): number {
  return index < words.length - 1 ? BREATH[word.breath] / 2 : 0
}

/**
 * Matches pauses to punctuation: the cheapest pairing in order. Skipping a long pause or a full stop is expensive, and so is
 * a pause far from the first guess of its word's position.
 */
function align(words: TimedWord[], pauses: Pause[], end: number): { word: number; pause: Pause }[] {
  const total = words.reduce((sum, word) => sum + word.weight + BREATH[word.breath], 0)
  const breaks: { word: number; at: number; breath: 1 | 2 }[] = []
  let sum = 0
  words.forEach((word, index) => {
    sum += word.weight
    const at = (sum / total) * end
    if (word.breath > 0 && index < words.length - 1)
      breaks.push({ word: index, at, breath: word.breath === 2 ? 2 : 1 })
    sum += BREATH[word.breath]
  })
  const tolerance = Math.max(0.4, end / 10)
  // costs[i][j]: the lowest cost for the first i breaks and the first j pauses.
  const costs: number[][] = []
  for (let i = 0; i <= breaks.length; i++) {
    const row: number[] = []
    costs.push(row)
    for (let j = 0; j <= pauses.length; j++) {
      if (i === 0 && j === 0) row.push(0)
      else row.push(Math.min(skipBreak(i, j), skipPause(i, j), pair(i, j)))
    }
  }
  const anchors: { word: number; pause: Pause }[] = []
  for (let i = breaks.length, j = pauses.length; i > 0 && j > 0; ) {
    const best = costs[i]?.[j]
    const found = breaks[i - 1]
    const pause = pauses[j - 1]
    if (best === pair(i, j) && found && pause) {
      anchors.unshift({ word: found.word, pause })
      i--
      j--
    } else if (best === skipPause(i, j)) j--
    else i--
  }
  return anchors

  function skipBreak(i: number, j: number): number {
    return (costs[i - 1]?.[j] ?? Number.POSITIVE_INFINITY) + (breaks[i - 1]?.breath ?? 0) * 0.5
  }
  function skipPause(i: number, j: number): number {
    const pause = pauses[j - 1]
    const length = pause ? pause.to - pause.from : 0
    return (j > 0 ? (costs[i]?.[j - 1] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY) + length * 3
  }
  function pair(i: number, j: number): number {
    const found = breaks[i - 1]
    const pause = pauses[j - 1]
    const before = costs[i - 1]?.[j - 1]
    if (!found || !pause || before === undefined) return Number.POSITIVE_INFINITY
    return before + Math.abs(found.at - pause.from) / tolerance
  }
}
