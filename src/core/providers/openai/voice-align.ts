import type { SpokenForm } from '../../media/voice/spoken/scan.ts'
import { speechText } from '../../media/voice/spoken/speech-text.ts'
import { type WordUnit, wordUnits } from '../../media/voice/word-units.ts'
import type { WordTiming } from '../../model/providers.ts'

/** A word as the recogniser heard it; times in seconds. */
export interface HeardWord {
  word: string
  start: number
  end: number
}

/** If less than this fraction of the characters is recognised, the recording is taken for something else. */
const ENOUGH = 0.4

/**
 * Gives the words of the text the times at which they were heard. The characters of both are aligned by edit distance, so
 * different spellings and joined or split words do no harm; figures that were heard are compared in spoken form; words of
 * which little was recognised are placed between their neighbours.
 * @returns one timing per word, in order and without overlaps; null if what was heard isn't this text.
 */
export function alignWords(text: string, language: string, heard: readonly HeardWord[]): WordTiming[] | null {
  const units = wordUnits(text, language)
  const end = heard.at(-1)?.end ?? 0
  if (units.length === 0 || end <= 0) return null
  const wanted = units.flatMap((unit, index) => letters(unit.text).map((letter) => ({ letter, index })))
  // A text without figures is compared in words, even where the recogniser wrote figures.
  const inWords = speechText(text, language).text === text
  const sounds = soundsOf(heard, (typed) => (inWords ? speechText(typed, language) : asIs(typed)))
  // A recogniser that hears several times as much as was said is making things up (and makes the tables large).
  if (sounds.length > 3 * wanted.length + 200) return null
  const pairs = matches(
    wanted.map(({ letter }) => letter),
    sounds.map(({ letter }) => letter),
  )
  if (pairs.length < ENOUGH * wanted.length) return null

  const spans: (Span | null)[] = units.map(() => null)
  const recognised = units.map(() => 0)
  for (const [a, b] of pairs) {
    const index = wanted[a]?.index ?? 0
    const sound = sounds[b]
    if (!sound) continue
    const span = spans[index]
    spans[index] = { from: span?.from ?? sound.from, to: sound.to }
    recognised[index] = (recognised[index] ?? 0) + 1
  }
  // One or two letters that happen to match say nothing about where a word is.
  units.forEach((unit, index) => {
    if ((recognised[index] ?? 0) * 2 < letters(unit.text).length) spans[index] = null
  })
  return inOrder(units, fillGaps(units, spans, heard[0]?.start ?? 0, end))
}

interface Span {
  from: number
  to: number
}

/** The letters of heard words in spoken form, each with its share of the word's time. */
function soundsOf(
  heard: readonly HeardWord[],
  say: (text: string) => SpokenForm,
): (Span & { letter: string })[] {
  const begins: number[] = []
  let text = ''
  for (const { word } of heard) {
    begins.push(text.length)
    text += `${word} `
  }
  const spoken = say(text)
  const spelled: string[][] = heard.map(() => [])
  let index = 0
  let unit = 0
  for (const character of spoken.text) {
    while ((begins[index + 1] ?? Number.POSITIVE_INFINITY) <= (spoken.from[unit] ?? 0)) index++
    spelled[index]?.push(...letters(character))
    unit += character.length
  }
  return heard.flatMap(({ start, end }, word) => {
    const own = spelled[word] ?? []
    const each = Math.max(0, end - start) / Math.max(1, own.length)
    return own.map((letter, at) => ({ letter, from: start + at * each, to: start + (at + 1) * each }))
  })
}

function asIs(text: string): SpokenForm {
  const from = Array.from({ length: text.length }, (_, unit) => unit)
  return { text, from, to: from.map((unit) => unit + 1) }
}

/**
 * The characters that are compared: letters and digits only, without case, accents or width. Hangul stays in syllables.
 */
function letters(word: string): string[] {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase()
  return plain.match(/[\p{L}\p{N}]/gu) ?? []
}

/**
 * Opening a gap costs extra, so that a word's letters stay together instead of matching scattered letters (Gotoh 1982).
 */
const COST = { change: 2, gap: 1, openGap: 2 }
/** More than any alignment costs, and far enough below the 16-bit maximum to add to. */
const FAR = 0x7fff

/** Index pairs of equal characters in a cheapest alignment with affine gaps, in order. */
function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1
  const table = () => new Uint16Array((a.length + 1) * width).fill(FAR)
  // One table for each way an alignment can end: with a pair, a character of `a` alone, or one of `b` alone.
  const [pair, alone, extra] = [table(), table(), table()]
  const open = COST.openGap
  pair[0] = 0
  for (let row = 0; row <= a.length; row++) {
    for (let column = row === 0 ? 1 : 0; column <= b.length; column++) {
      const here = row * width + column
      if (row > 0 && column > 0) {
        const own = a[row - 1] === b[column - 1] ? 0 : COST.change
        pair[here] = least(pair, alone, extra, here - width - 1, 0) + own
      }
      if (row > 0) alone[here] = least(pair, alone, extra, here - width, open) + COST.gap
      if (column > 0) extra[here] = least(pair, extra, alone, here - 1, open) + COST.gap
    }
  }
  return trace(a, b, [pair, alone, extra])
}

/** The cheapest of three ways to get here: `own` continues its gap, the others pay for opening one. */
function least(pair: Uint16Array, own: Uint16Array, other: Uint16Array, from: number, open: number) {
  return Math.min((pair[from] ?? FAR) + open, own[from] ?? FAR, (other[from] ?? FAR) + open, FAR)
}

/** Traces the cheapest path back from the end. */
function trace(a: readonly string[], b: readonly string[], tables: Uint16Array[]): [number, number][] {
  const pairs: [number, number][] = []
  let [row, column] = [a.length, b.length]
  const costs = () => tables.map((table) => table[row * (b.length + 1) + column] ?? FAR)
  let end = smallest(costs())
  while (row > 0 || column > 0) {
    const ended = end
    if (ended !== 2) row--
    if (ended !== 1) column--
    if (ended === 0 && a[row] === b[column]) pairs.push([row, column])
    end = smallest(costs().map((cost, before) => cost + (ended === 0 || before === ended ? 0 : COST.openGap)))
  }
  return pairs.reverse()
}

function smallest(values: number[]): number {
  return values.indexOf(Math.min(...values))
}

/** Words without a time share the gap between their neighbours in proportion to their lengths. */
function fillGaps(units: WordUnit[], spans: (Span | null)[], begin: number, end: number): Span[] {
  const filled: Span[] = []
  for (let index = 0; index < units.length; ) {
    const known = spans[index]
    if (known) {
      filled.push(known)
      index++
      continue
    }
    let next = index
    while (next < units.length && !spans[next]) next++
    const from = filled.at(-1)?.to ?? begin
    const to = Math.max(from, spans[next]?.from ?? end)
    const missing = units.slice(index, next)
    const total = missing.reduce((sum, { text }) => sum + text.length, 0)
    let done = 0
    for (const { text } of missing) {
      const start = from + ((to - from) * done) / total
      done += text.length
      filled.push({ from: start, to: from + ((to - from) * done) / total })
    }
    index = next
  }
  return filled
}

/** A missed word between two adjacent ones would have no time at all, so it takes a little from the next one. */
function inOrder(units: WordUnit[], spans: Span[]): WordTiming[] {
  const shortest = 0.02
  let last = 0
  return units.map(({ start, end }, index) => {
    const from = Math.max(spans[index]?.from ?? last, last)
    const to = Math.max(spans[index]?.to ?? from, from + shortest)
    last = to
    return { start, end, from, to }
  })
}
