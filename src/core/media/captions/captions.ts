import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { WordTiming } from '../../model/providers.ts'
import { piecesOf } from './caption-text.ts'
import { type TimedPiece, timePieces } from './caption-timing.ts'
import { captionFont } from './fonts.ts'
import { SAFE_AREAS, type Template } from './templates.ts'

export interface CaptionWord {
  text: string
  /** UTF-16 offsets into what people wrote: [start, end). */
  start: number
  end: number
  /** From the left edge of its line and its own width, in em. */
  x: number
  width: number
  /** Frames of the clip: spoken in [from, to). */
  from: number
  to: number
}

export interface CaptionLine {
  words: CaptionWord[]
  width: number
}

/** What is on the screen in the frames [from, to). Captions never overlap. */
export interface Caption {
  from: number
  to: number
  /** At most two. */
  lines: CaptionLine[]
  /** Below 1 where a word or the text is too wide for the template's size. */
  scale: number
}

export interface CaptionRequest {
  text: string
  /** Of the text; says how it is put in capitals. */
  language: string
  words: WordTiming[]
  /** Frames of the clip. */
  frames: number
  /** Seconds at which the voice ends. */
  speechEnd: number
  format: Format
  template: Template
}

/** Nothing shorter than this can be read. */
const SHORTEST_CAPTION_FRAMES = Math.ceil(0.8 * FPS)
/** How long the last words stay after they are spoken, and a caption before a pause. */
const LINGER_FRAMES = Math.round(0.6 * FPS)
const LONGEST_COMFORTABLE_FRAMES = 4 * FPS

/**
 * Groups a text into captions in step with the voice. Of all ways to divide it, the one with the lowest cost
 * is taken: captions end at the ends of sentences and phrases where they can, fill their lines evenly and
 * stay long enough to be read. The whole text is always shown.
 */
export function planCaptions(request: CaptionRequest): Caption[] {
  const { template, frames } = request
  const font = captionFont(template.weight)
  const pieces = timePieces(
    piecesOf(request.text, font, template.uppercase ? request.language : null),
    request.words,
    Math.min(request.speechEnd, frames / FPS),
  )
  if (pieces.length === 0) return []
  const measure = measureOf(pieces, font.width, maxWidthOf(request.format, template))
  const starts = startFrames(pieces, frames)
  const groups = bestGroups(pieces, measure, starts, frames, template)
  return groups.map(([first, end], index) => {
    const from = starts[first] ?? 0
    const next = groups[index + 1]
    const spokenTo = Math.ceil((pieces[end - 1]?.to ?? 0) * FPS) + LINGER_FRAMES
    const latest = next ? (starts[next[0]] ?? frames) : frames
    const to = Math.min(latest, Math.max(spokenTo, from + SHORTEST_CAPTION_FRAMES))
    return { from, to, ...layOut(pieces, measure, starts, first, end, to) }
  })
}

/** The width of a line that is surely inside the safe area, in em of the template's size. */
export function maxWidthOf(format: Format, template: Template): number {
  const safe = SAFE_AREAS[format]
  const em = template.size[format]
  const padding = template.box
    ? template.box.padX * 2 + (template.box.accent?.width ?? 0)
    : 2 * template.outline.width + (template.highlight ? 0.3 : 0)
  return ((safe.right - safe.left) * FORMATS[format].width) / em - padding
}

/** The first caption is there from the beginning, even before its first word: nobody looks at a clip without words. */
function startFrames(pieces: TimedPiece[], frames: number): number[] {
  return pieces.map((piece, index) => (index === 0 ? 0 : Math.min(Math.round(piece.from * FPS), frames - 1)))
}

interface Measure {
  max: number
  /** Width of the pieces [first, end) on one line, in em. */
  width(first: number, end: number): number
  space: number
}

function measureOf(pieces: TimedPiece[], width: (text: string) => number, max: number): Measure {
  const space = width(' ')
  const ends = [0]
  for (const piece of pieces) {
    ends.push((ends.at(-1) ?? 0) + width(piece.text) + (piece.spaceBefore ? space : 0))
  }
  return {
    max,
    space,
    width: (first, end) =>
      (ends[end] ?? 0) - (ends[first] ?? 0) - (pieces[first]?.spaceBefore && end > first ? space : 0),
  }
}

type Group = [first: number, end: number]

function bestGroups(
  pieces: TimedPiece[],
  measure: Measure,
  starts: number[],
  frames: number,
  template: Template,
): Group[] {
  const count = pieces.length
  const costs: number[] = [0]
  const before: number[] = [0]
  for (let first = 0; first < count; first++) {
    const base = costs[first]
    if (base === undefined) continue
    for (let end = first + 1; end <= count; end++) {
      const until = end < count ? (starts[end] ?? frames) : frames
      const length = until - (starts[first] ?? 0)
      const { scale } = breakLines(pieces, measure, first, end)
      const isLongEnough = length >= SHORTEST_CAPTION_FRAMES
      // The first caption starts at its word and may be the only one, so a short clip still shows its text.
      if (isLongEnough || (first === 0 && end === count)) {
        const cost = base + costOf(pieces, measure, template, first, end, length, scale)
        if (cost < (costs[end] ?? Number.POSITIVE_INFINITY)) {
          costs[end] = cost
          before[end] = first
        }
      }
      // Longer ones only get smaller; but the rest must be taken along if it is too short to stand alone.
      const restIsShort = frames - until < SHORTEST_CAPTION_FRAMES
      if (isLongEnough && scale < 0.75 && !restIsShort) break
    }
  }
  const groups: Group[] = []
  for (let end = count; end > 0; end = before[end] ?? 0) groups.unshift([before[end] ?? 0, end])
  return groups
}

const ENDS_SENTENCE = /[.!?…。！？]["'”’»)\]」』]*$/u
const ENDS_PHRASE = /[,;:—–、，；：]["'”’»)\]」』]*$/u
/** Words that lean on the next one. */
const LEANS_FORWARD =
  /^(a|an|the|of|to|in|on|at|by|for|and|or|but|is|are|was|with|from|as|that|your|our|my|its|their|no|not|그|이|저|더|한|두|및)$/iu

function costOf(
  pieces: TimedPiece[],
  measure: Measure,
  template: Template,
  first: number,
  end: number,
  length: number,
  scale: number,
): number {
  const last = pieces[end - 1]?.text ?? ''
  const width = measure.width(first, end) / measure.max
  let cost = 1
  if (!ENDS_SENTENCE.test(last)) cost += ENDS_PHRASE.test(last) ? 0.25 : LEANS_FORWARD.test(last) ? 1.5 : 0.8
  for (let index = first; index < end - 1; index++) {
    if (ENDS_SENTENCE.test(pieces[index]?.text ?? '')) cost += 1.5
  }
  if (scale < 1) cost += 1 + 8 * (1 - scale)
  const ideal = template.idealWidth * template.lines
  if (width > ideal) cost += 2 * (width - ideal) + (template.lines === 1 ? 1.6 : 0)
  if (width < 0.3 && end - first < pieces.length) cost += 0.8
  if (length > LONGEST_COMFORTABLE_FRAMES) cost += (length - LONGEST_COMFORTABLE_FRAMES) / FPS
  return cost
}

/** One line where it fits, else the most even division into two. */
function breakLines(
  pieces: TimedPiece[],
  measure: Measure,
  first: number,
  end: number,
): { at: number; scale: number } {
  const whole = measure.width(first, end)
  if (whole <= measure.max || end - first === 1) return { at: end, scale: Math.min(1, measure.max / whole) }
  // The longer of the two lines is shortest around the middle, so only the breaks there need a look.
  let low = first + 1
  let high = end - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (measure.width(first, middle) < measure.width(middle, end)) low = middle + 1
    else high = middle
  }
  let at = low
  let best = Number.POSITIVE_INFINITY
  for (let candidate = Math.max(first + 1, low - 3); candidate <= Math.min(end - 1, low + 2); candidate++) {
    const longer = Math.max(measure.width(first, candidate), measure.width(candidate, end))
    const text = pieces[candidate - 1]?.text ?? ''
    const isPhrase = ENDS_PHRASE.test(text) || ENDS_SENTENCE.test(text)
    const penalty = longer > measure.max ? 1000 + longer : longer - (isPhrase ? 0.15 * measure.max : 0)
    const leaning = LEANS_FORWARD.test(text) ? 0.12 * measure.max : 0
    if (penalty + leaning < best) {
      best = penalty + leaning
      at = candidate
    }
  }
  const longer = Math.max(measure.width(first, at), measure.width(at, end))
  return { at, scale: Math.min(1, measure.max / longer) }
}

function layOut(
  pieces: TimedPiece[],
  measure: Measure,
  starts: number[],
  first: number,
  end: number,
  to: number,
): Pick<Caption, 'lines' | 'scale'> {
  const { at, scale } = breakLines(pieces, measure, first, end)
  const line = (from: number, until: number): CaptionLine => ({
    width: measure.width(from, until),
    words: pieces.slice(from, until).map((piece, offset) => {
      const index = from + offset
      const width = measure.width(index, index + 1)
      return {
        text: piece.text,
        start: piece.start,
        end: piece.end,
        x: measure.width(from, index + 1) - width,
        width,
        from: starts[index] ?? 0,
        to: index + 1 < end ? (starts[index + 1] ?? to) : to,
      }
    }),
  })
  return { scale, lines: at < end ? [line(first, at), line(at, end)] : [line(first, end)] }
}
