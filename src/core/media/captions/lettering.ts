import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import { emojiAsGaps } from '../../model/text/emoji.ts'
import { closeGaps } from '../../model/text/gaps.ts'
import type { Overlay } from '../types.ts'
import { alpha, drawing, event, fixed, roundedBox, type Span, tagColour } from './ass-events.ts'
import { escapeAss, withoutHalfWords } from './caption-text.ts'
import { captionFont } from './fonts.ts'

const font = () => captionFont('ExtraBold')
/** The maximum characters of lettering; anything longer is text, which is for captions. */
const MAX_CHARACTERS = 64
/** Same, for a title. */
const MAX_TITLE = 100
const ELLIPSIS = '…'
/** Letter spacing in em: large letters are set closer. */
const SPACING = -0.018
/** Milliseconds a line takes to appear, by which the last line starts after the first, and in which all lines disappear. */
const ENTER = 200
const STAGGER = 80
const LEAVE = 240

/** The area for the words, as fractions of width and height: above the captions. */
export interface Box {
  left: number
  right: number
  top: number
  bottom: number
  maxLines: number
  /** The maximum font size as a fraction of the shorter side. */
  largest: number
}

const BOXES: Record<Format, Box> = {
  shorts: { left: 0.12, right: 0.85, top: 0.14, bottom: 0.46, maxLines: 5, largest: 0.17 },
  landscape: { left: 0.12, right: 0.76, top: 0.12, bottom: 0.5, maxLines: 3, largest: 0.16 },
  square: { left: 0.12, right: 0.88, top: 0.12, bottom: 0.47, maxLines: 4, largest: 0.135 },
}

/**
 * The ASS events that show large words in the upper part of a clip during `span`. They have appeared within 0.3 s, and disappear
 * at its end unless the clip ends too. There are none if the font has none of the characters.
 */
export function letteringEvents(overlay: Overlay, format: Format, frames: number, span: Span): string[] {
  const end = milliseconds(span.to - span.from)
  const goes = span.to < frames ? LEAVE : 0
  const come = (late: number) => `\\fade(255,0,255,${late},${late + ENTER},${end - goes},${end})`
  return setEvents(overlay, format, MAX_CHARACTERS, span, BOXES[format], {
    shade: `\\fad(${ENTER},${goes})`,
    // The rule grows from its left end.
    rule: `\\fscx10\\t(0,${ENTER + STAGGER},\\fscx100)\\fad(0,${goes})`,
    line: (x, y, late, rise) =>
      `\\move(${fixed(x)},${fixed(y + rise)},${fixed(x)},${fixed(y)},${late},${late + ENTER})${come(late)}`,
  })
}

/** How many times larger a figure is than words, because the picture is about it. */
const FIGURE = 1.9

function isFigure(text: string): boolean {
  return /\p{N}/u.test(text) && (text.match(/\p{L}/gu)?.length ?? 0) <= 3
}

/** The ASS events for the same words in a still picture. */
export function titleEvents(overlay: Overlay, format: Format): string[] {
  const line = (x: number, y: number) => `\\pos(${fixed(x)},${fixed(y)})`
  return setEvents(overlay, format, MAX_TITLE, { from: 0, to: 1 }, BOXES[format], {
    ...{ shade: '', rule: '', line },
  })
}

/** The ASS events for words on a plain background. */
export function cardWords(
  lettering: string,
  colours: Overlay['colours'],
  format: Format,
  span: Span,
  box: Box,
): string[] {
  const overlay: Overlay = { lettering, align: 'centre', icon: null, number: 0, colours }
  return setEvents(overlay, format, MAX_CHARACTERS, span, box, {
    isOnCard: true,
    shade: '',
    rule: `\\fad(${ENTER},0)`,
    line: (x, y, late, rise) =>
      `\\move(${fixed(x)},${fixed(y + rise)},${fixed(x)},${fixed(y)},${late},${late + ENTER})\\fad(${late + ENTER},0)`,
  })
}

/** The override tags for how each part appears and disappears. */
interface Motion {
  /** True if there is no picture behind the words for them to stand out from. */
  isOnCard?: true
  shade: string
  rule: string
  /** @param late milliseconds after the first line. @param rise pixels. */
  line(x: number, y: number, late: number, rise: number): string
}

function setEvents(
  { lettering, align, colours }: Overlay,
  format: Format,
  most: number,
  { from, to }: Span,
  box: Box,
  motion: Motion,
): string[] {
  const text = settable(lettering, most)
  if (text === '') return []
  const { width: w, height: h }: { width: number; height: number } = FORMATS[format]
  const u = Math.min(w, h) / 1000
  const room = { width: w * (box.right - box.left), height: h * (box.bottom - box.top) }
  const largest = isFigure(text) ? box.largest * FIGURE : box.largest
  const { lines, size } = typeset(text, room, { ...box, largest }, u)
  const leading = size * leadingFor(text)
  const tall = leading * (lines.length - 1) + size
  const middle = h * (box.top + (box.bottom - box.top) * 0.54)
  const isLeft = align === 'left'
  const anchor = isLeft ? w * box.left : (w * (box.left + box.right)) / 2
  const widest = Math.max(...lines.map((line) => widthOf(line) * size))

  const reach = { x: widest / 2 + 60 * u, y: tall / 2 + 60 * u }
  const centre = isLeft ? anchor + widest / 2 : anchor
  const soft = roundedBox(
    ...[centre - reach.x, middle - reach.y, centre + reach.x, middle + reach.y],
    Math.min(reach.x, reach.y),
  )
  // A soft shade makes the words stand out from any picture. It doesn't move, so that it is blurred only once.
  const shade = drawing(soft, colours.shade, 0.34, { more: `\\blur${fixed(60 * u)}${motion.shade}` })
  const rule = { w: 76 * u, h: 9 * u }
  const accent = drawing(roundedBox(0, 0, rule.w, rule.h, rule.h / 2), colours.accent, 1, {
    at: [isLeft ? anchor + size * 0.03 : anchor - rule.w / 2, middle - tall / 2 - 34 * u - rule.h],
    more: motion.rule,
  })

  const { family, bold, sizePerEm, capHeight, capOffset } = font()
  const words = lines.flatMap((line, index) => {
    // This centres the line's capitals, because libass places the middle of its line box.
    const y = middle - tall / 2 + size * (0.86 - capHeight / 2) + index * leading - capOffset * size
    const late = lines.length > 1 ? Math.round((STAGGER * index) / (lines.length - 1)) : 0
    const look =
      `\\fn${family}\\b${bold ? 1 : 0}\\fs${fixed(size * sizePerEm)}\\fsp${fixed(SPACING * size)}` +
      `\\an${isLeft ? 4 : 5}${motion.line(anchor, y, late, 26 * u)}`
    const half = alpha(0.5)
    const shadow = `\\bord${fixed(2 * u)}\\blur${fixed(9 * u)}\\1c&H000000&\\3c&H000000&\\1a${half}\\3a${half}`
    const plain = `\\bord0\\1c${tagColour(colours.letters)}`
    const letters = `{${look}${plain}}${escapeAss(line)}`
    if (motion.isOnCard) return [event('card', from, to, letters)]
    return [
      event('shade', from, to, `{${look}${shadow}}${escapeAss(line)}`),
      event('lettering', from, to, letters),
    ]
  })
  if (motion.isOnCard) return [event('card', from, to, accent), ...words]
  return [event('shade', from, to, shade), event('lettering', from, to, accent), ...words]
}

function milliseconds(frames: number): number {
  return Math.round((frames * 1000) / FPS)
}

/**
 * The part of some words that can be shown: characters the font lacks (emoji, other scripts) are left out, runs of white space
 * become one space, and text that is too long ends in an ellipsis, after a whole word if one ends nearby.
 */
export function settable(words: string, most = MAX_CHARACTERS): string {
  const { has } = font()
  const whole = closeGaps(withoutHalfWords(emojiAsGaps(words.normalize('NFC')), { has }))
  const known = [...whole.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')]
    .filter((character) => character === ' ' || has(character.codePointAt(0) ?? 0))
    .join('')
  // Remove marks whose base character was left out.
  const text = known
    .replaceAll(/(^|\s)\p{M}+/gu, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return ''
  const characters = [...text]
  if (characters.length <= most) return text
  const cut = characters.slice(0, most - 1).join('')
  const lastBlank = cut.lastIndexOf(' ')
  const kept = lastBlank > most * 0.6 ? cut.slice(0, lastBlank) : cut
  return kept.replace(/[\s\p{P}]+$/u, '') + ELLIPSIS
}

function leadingFor(text: string): number {
  return /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 1.22 : 1.1
}

/** Width in em. */
function widthOf(line: string): number {
  return font().width(line) + SPACING * [...line].length
}

interface Setting {
  lines: string[]
  /** Pixels. */
  size: number
}

/** Finds the best-looking line breaks: large letters, few lines, similar lengths. */
function typeset(text: string, room: { width: number; height: number }, box: Box, u: number): Setting {
  const leading = leadingFor(text)
  const smallest = 40 * u
  const words = text.split(' ').flatMap((word) => pieces(word, room.width / smallest))
  let best: (Setting & { score: number }) | null = null
  for (let count = 1; count <= Math.min(words.length, box.maxLines); count++) {
    const lines = balance(words, count)
    const widths = lines.map(widthOf)
    const widest = Math.max(...widths)
    const size = Math.min(
      box.largest * 1000 * u,
      room.width / widest,
      room.height / (1 + leading * (count - 1)),
    )
    const score = size * (0.72 + (0.28 * Math.min(...widths)) / widest) * 0.95 ** count
    if (!best || score > best.score) best = { lines, size, score }
  }
  return best ?? { lines: [text], size: smallest }
}

/** Splits a word wider than a line into parts that fit (for addresses, and languages written without spaces). */
function pieces(word: string, width: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (part !== '' && widthOf(part + character) > width) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

/** Breaks words into `count` lines of widths as similar as possible (least sum of squares). */
function balance(words: string[], count: number): string[] {
  const line = (from: number, to: number) => words.slice(from, to).join(' ')
  let best: { cost: number; lines: string[] }[] = words.map((_, i) => ({
    cost: widthOf(line(0, i + 1)) ** 2,
    lines: [line(0, i + 1)],
  }))
  for (let lines = 2; lines <= count; lines++) {
    const previous = best
    best = words.map((_, i) => {
      let chosen = { cost: Number.POSITIVE_INFINITY, lines: [] as string[] }
      for (let from = 1; from <= i; from++) {
        const before = previous[from - 1]
        if (!before) continue
        const last = line(from, i + 1)
        const cost = before.cost + widthOf(last) ** 2
        if (cost < chosen.cost) chosen = { cost, lines: [...before.lines, last] }
      }
      return chosen
    })
  }
  return best.at(-1)?.lines ?? words
}
