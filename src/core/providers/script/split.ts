import { LIMITS } from '../../model/limits.ts'
import { clauseBreaks } from './clauses.ts'
import { joinShortest } from './join-shortest.ts'
import { type Paragraph, paragraphsOf } from './sentences.ts'

export interface SplitOptions {
  /** BCP 47 primary subtag. */
  language: string
  /** The voice's pace, spaces included. */
  charactersPerSecond: number
}

/** Shortest segment, in seconds of speech. */
const SHORTEST = 3
const LONGEST = 8
/** Longest quote that is kept whole, in seconds. */
const QUOTE = 20
/**
 * A fragment, in seconds, that is too short to be worth watching: its neighbour is made longer than it should be instead.
 */
const FRAGMENT = 2
const FRAGMENT_COST = 100
/** How much longer all segments may get if a script has many sentences. */
const STRETCHES = [1, 1.5, 2, 3]
/** The cost of joining two sentences that are both long enough. */
const JOIN = 0.3
const JOIN_WITH_PART = 1.5

/** A sentence or a part of one. */
interface Piece {
  text: string
  isPart: boolean
  /** The cost of cutting before it. */
  cutCost: number
}

/**
 * Divides a script into the texts of segments of about 3 to 8 s of speech: at sentence ends, and inside a sentence only
 * if it is longer than that. Quotes of up to 20 s, numbers, abbreviations and addresses stay whole, and paragraphs are
 * not joined. A script that would make more than `LIMITS.segments` gets longer ones, and as a last resort its shortest
 * paragraphs are joined. Joined with white space, the segments are the script; runs of white space become one space. Each
 * has at most `LIMITS.narration` characters.
 */
export function splitScript(text: string, options: SplitOptions): string[] {
  const pace = paceOf(options)
  const least = Math.max(1, text.length / pace / LONGEST / LIMITS.segments)
  let segments: string[] = []
  for (const stretch of STRETCHES) {
    const before = segments.length
    // At a faster pace, the same number of seconds holds more words.
    segments = splitAtPace(text, options.language, pace * least * stretch)
    if (segments.length <= LIMITS.segments) return segments
    // Only paragraphs are left.
    if (segments.length === before) break
  }
  return joinShortest(
    segments,
    LIMITS.segments,
    (text) => text,
    (first, second) => `${first} ${second}`,
  )
}

function splitAtPace(text: string, language: string, pace: number): string[] {
  const segments: string[] = []
  let leading = ''
  for (const paragraph of paragraphsOf(text, language, pace * QUOTE)) {
    if (!hasWords(paragraph.text)) {
      // A rule or a lone emoji can't be spoken, so it goes with the text before it, or otherwise after it.
      const last = segments.pop()
      if (last === undefined) leading = `${leading}${oneLine(paragraph.text)} `
      else segments.push(...withinLimit(`${last} ${oneLine(paragraph.text)}`))
      continue
    }
    const [first = '', ...rest] = packParagraph(paragraph, language, pace)
    segments.push(...withinLimit(leading + first), ...rest)
    leading = ''
  }
  return leading === '' ? segments : withinLimit(leading.trim())
}

/** The sentences of a text one by one, whatever their length; quotes of several sentences stay whole. */
export function splitSentences(text: string, language: string): string[] {
  return paragraphsOf(text, language, LIMITS.narration).flatMap((paragraph) =>
    sentencesOf(paragraph).map(({ start, end }) => oneLine(paragraph.text.slice(start, end))),
  )
}

function packParagraph(paragraph: Paragraph, language: string, pace: number): string[] {
  const longest = Math.max(8, pace * LONGEST)
  const pieces = sentencesOf(paragraph).flatMap(({ start, end }): Piece[] => {
    const sentence = paragraph.text.slice(start, end)
    if (oneLine(sentence).length <= longest) return [{ text: sentence, isPart: false, cutCost: 0 }]
    const spans = paragraph.spans.map((span) => ({ start: span.start - start, end: span.end - start }))
    return partsOf(sentence, language, pace, spans)
  })
  return pack(pieces, pace, (before, after) => (before.isPart || after.isPart ? JOIN_WITH_PART : JOIN))
    .map((packed) => oneLine(packed.map(({ text }) => text).join('')))
    .flatMap(withinLimit)
}

/** Divides a long sentence into parts of about equal length. */
function partsOf(sentence: string, language: string, pace: number, spans: Paragraph['spans']): Piece[] {
  const breaks = clauseBreaks(sentence, language, spans)
  const pieces = [{ at: 0, cost: 0 }, ...breaks].map(({ at, cost }, index) => ({
    text: sentence.slice(at, breaks[index]?.at ?? sentence.length),
    isPart: true,
    cutCost: cost,
  }))
  return pack(pieces, pace, () => 0).map((packed) => ({
    text: packed.map(({ text }) => text).join(''),
    isPart: true,
    cutCost: 0,
  }))
}

/** Groups neighbours at the lowest total cost (dynamic programming over the last cut). */
function pack(pieces: Piece[], pace: number, join: (before: Piece, after: Piece) => number): Piece[][] {
  const best = [{ cost: 0, from: 0 }]
  for (let end = 1; end <= pieces.length; end++) {
    let found = { cost: Number.POSITIVE_INFINITY, from: end - 1 }
    let length = 0
    let largest = 0
    let joins = 0
    let spoken = false
    for (let from = end - 1; from >= 0; from--) {
      const piece = pieces[from]
      const next = pieces[from + 1]
      if (!piece) break
      length += piece.text.length
      largest = Math.max(largest, piece.text.length)
      if (from < end - 1 && next) joins += join(piece, next)
      // Far too long, unless only fragments were joined to a piece that is already too long.
      const isTooLong = length / pace > LONGEST * 1.5 && (length - largest) / pace > FRAGMENT * 2
      if (from < end - 1 && (isTooLong || length > LIMITS.narration) && spoken) break
      spoken ||= hasWords(piece.text)
      const cut = from > 0 ? piece.cutCost : 0
      const cost = (best[from]?.cost ?? 0) + cut + joins + badLength(length / pace) + (spoken ? 0 : 1000)
      if (cost < found.cost) found = { cost, from }
    }
    best.push(found)
  }
  const groups: Piece[][] = []
  for (let end = pieces.length; end > 0; ) {
    const from = best[end]?.from ?? end - 1
    groups.unshift(pieces.slice(from, end))
    end = from
  }
  return groups
}

function badLength(seconds: number): number {
  if (seconds < SHORTEST) return 2 * (SHORTEST - seconds) ** 2 + (seconds < FRAGMENT ? FRAGMENT_COST : 0)
  return seconds > LONGEST ? 1.5 * (seconds - LONGEST) ** 2 : 0
}

function sentencesOf({ text, starts }: Paragraph): { start: number; end: number }[] {
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
}

/** Only a text of 2000 characters without a place to cut gets here; it is cut between graphemes. */
function withinLimit(text: string): string[] {
  if (text.length <= LIMITS.narration) return text === '' ? [] : [text]
  const parts: string[] = []
  let part = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    for (const character of part.length + segment.length > LIMITS.narration ? segment : [segment]) {
      if (part.length + character.length > LIMITS.narration) {
        parts.push(part.trim())
        part = ''
      }
      part += character
    }
  }
  return [...parts, part.trim()].filter((one) => one !== '')
}

function paceOf({ charactersPerSecond }: SplitOptions): number {
  return charactersPerSecond > 0 && Number.isFinite(charactersPerSecond) ? charactersPerSecond : 14
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}
