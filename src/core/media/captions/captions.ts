import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { WordTiming } from '../../model/providers.ts'
import { bondsOf } from './bonds/bonds.ts'
import { piecesOf } from './caption-text.ts'
import { type TimedPiece, timePieces } from './caption-timing.ts'
import { partsThatFit } from './fit-words.ts'
import { captionFont } from './fonts.ts'
import { bestGroups, charactersOf, type Group, SHORTEST_CAPTION_FRAMES } from './groups.ts'
import { type Measure, measureOf } from './lines.ts'
import { reachOf, roomOf, type Template } from './templates.ts'

export interface CaptionWord {
  text: string
  /** UTF-16 offsets into the text as people wrote it: [start, end). */
  start: number
  end: number
  /** The distance from the left edge of its line, and its width, in em. */
  x: number
  width: number
  /** The frames of the clip in which it is spoken: [from, to). */
  from: number
  to: number
}

export interface CaptionLine {
  words: CaptionWord[]
  width: number
}

/** The text on the screen in frames [from, to). Captions never overlap. */
export interface Caption {
  from: number
  to: number
  /** At most two. */
  lines: CaptionLine[]
  /** Below 1 if the text is too wide for the template's size; never below `smallestScale`. */
  scale: number
}

export interface CaptionRequest {
  text: string
  /** The text's language; determines how it is capitalized, which words belong together and how fast it is read. */
  language: string
  words: WordTiming[]
  /** The clip's length in frames. */
  frames: number
  /** The end of the speech in seconds. */
  speechEnd: number
  format: Format
  template: Template
}

/** How long the last words stay after they were spoken, and a caption before a pause. */
const LINGER_FRAMES = Math.round(0.6 * FPS)
/**
 * The minimum font size as a fraction of the frame's shorter side. (4.5 % is legible on a phone at arm's length; a little more
 * allows for rounding.)
 */
const SMALLEST = 0.0455
/** Characters per second that people read easily; fewer if one character is a whole syllable. */
const READING_PACE: Record<string, number> = { en: 20, ko: 12 }
const OTHER_PACE = 17
const UNSPACED_PACE = 9

/**
 * Groups a text into captions in time with the voice. As far as possible, captions and lines end where sentences and phrases do,
 * and never between words that belong together; lines are even, and stay long enough to be read. The whole text is always shown.
 */
export function planCaptions(request: CaptionRequest): Caption[] {
  const { text, language, format, template, frames } = request
  const font = captionFont(template.weight)
  const max = maxWidthOf(format, template)
  const smallest = smallestScale(format, template)
  const pieces = timePieces(
    piecesOf(text, font, template.uppercase ? language : null).flatMap((piece) =>
      partsThatFit(piece, font.width, max, max / smallest),
    ),
    request.words,
    Math.min(request.speechEnd, frames / FPS),
  )
  if (pieces.length === 0) return []
  const measure = measureOf(pieces, font.width, { max, smallest, bonds: bondsOf(text, pieces, language) })
  const starts = startFrames(pieces, frames)
  const pace = readingPace(text, language)
  const groups = bestGroups({ pieces, measure, starts, frames, template, pace })
  return groups.map((group, index) => {
    const { first, end } = group
    const from = starts[first] ?? 0
    const next = groups[index + 1]
    const spokenTo = Math.ceil((pieces[end - 1]?.to ?? 0) * FPS) + LINGER_FRAMES
    const readTo = from + Math.ceil((charactersOf(pieces, first, end) / pace) * FPS)
    const latest = next ? (starts[next.first] ?? frames) : frames
    const to = Math.min(latest, Math.max(spokenTo, readTo, from + SHORTEST_CAPTION_FRAMES))
    return { from, to, ...layOut(pieces, measure, starts, group, to) }
  })
}

/** The maximum width of a line that stays inside the safe area, in em of the template's size. */
export function maxWidthOf(format: Format, template: Template): number {
  const { left, right } = roomOf(format, template)
  return (
    ((right - left) * FORMATS[format].width) / template.size[format] -
    reachOf(template).left -
    reachOf(template).right
  )
}

/** The smallest scale of a caption relative to its template's size. */
export function smallestScale(format: Format, template: Template): number {
  const { width, height } = FORMATS[format]
  return Math.min(1, (SMALLEST * Math.min(width, height)) / template.size[format])
}

/** Characters per second for a language, or for the script if that says more. */
function readingPace(text: string, language: string): number {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0
  const all = count(/\p{L}/gu)
  if (count(/\p{sc=Hangul}/gu) * 2 > all) return READING_PACE.ko ?? OTHER_PACE
  if (count(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/gu) * 2 > all) return UNSPACED_PACE
  return language === 'ko' ? OTHER_PACE : (READING_PACE[language] ?? OTHER_PACE)
}

/** The first caption is visible from the start, even before its first word: nobody watches a clip without words. */
function startFrames(pieces: TimedPiece[], frames: number): number[] {
  return pieces.map((piece, index) => (index === 0 ? 0 : Math.min(Math.round(piece.from * FPS), frames - 1)))
}

function layOut(
  pieces: TimedPiece[],
  measure: Measure,
  starts: number[],
  { first, end, at, scale }: Group,
  to: number,
): Pick<Caption, 'lines' | 'scale'> {
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
