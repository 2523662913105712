import { createRequire } from 'node:module'
import { GlobalFonts } from '@napi-rs/canvas'
import * as fontkit from 'fontkit'
import { withoutHalfWords } from '../../../media/captions/caption-text.ts'
import { emojiAsGaps } from '../../../model/text/emoji.ts'
import { closeGaps } from '../../../model/text/gaps.ts'
import type { Easel } from './brush.ts'
import { css, mix } from './palette.ts'

const FONT_FILE = createRequire(import.meta.url).resolve(
  'pretendard/dist/public/static/Pretendard-ExtraBold.otf',
)
const FAMILY = 'Rushes Lettering'
GlobalFonts.registerFromPath(FONT_FILE, FAMILY)
const font = openFont()

/** Characters of a keyword that are set; longer ones would be a text, and the captions are that. */
const MAX_CHARACTERS = 64
const ELLIPSIS = '…'

/** How the keyword is set; one for all segments of a draft. */
export type Alignment = 'left' | 'centre'

/** Where the keyword may stand, as shares of width and height: above the captions and inside what a slow zoom keeps. */
interface Box {
  left: number
  right: number
  top: number
  bottom: number
  maxLines: number
  /** Shares of the shorter side. */
  largest: number
}

/** Sets the keyword in the upper middle of the picture. Draws nothing when the font has none of its characters. */
export function letter(easel: Easel, keyword: string, alignment: Alignment): void {
  const { x, w, h, u, palette } = easel
  const text = settable(keyword)
  if (text === '') return
  const box = boxFor(w, h)
  const inner = { width: w * (box.right - box.left), height: h * (box.bottom - box.top) }
  const { lines, size } = typeset(easel, text, inner.width, inner.height, box)
  const leading = size * leadingFor(text)
  const tall = leading * (lines.length - 1) + size
  const middle = h * (box.top + (box.bottom - box.top) * 0.54)
  const baseline = middle - tall / 2 + size * 0.86
  const ruleY = middle - tall / 2 - u * 34
  const anchor = alignment === 'left' ? w * box.left : w / 2
  const widest = Math.max(...lines.map((line) => x.measureText(line).width))
  shade(easel, alignment === 'left' ? anchor + widest / 2 : anchor, middle, widest, tall + u * 60)

  x.textAlign = alignment === 'left' ? 'left' : 'center'
  x.textBaseline = 'alphabetic'
  x.fillStyle = css(palette.accent)
  const rule = { width: u * 76, height: u * 9 }
  x.beginPath()
  x.roundRect(
    alignment === 'left' ? anchor + size * 0.03 : anchor - rule.width / 2,
    ruleY - rule.height,
    rule.width,
    rule.height,
    rule.height / 2,
  )
  x.fill()
  x.save()
  x.shadowColor = css([palette.deep[0] * 0.5, palette.deep[1], palette.deep[2]], 0.55)
  x.shadowBlur = u * 26
  x.shadowOffsetY = u * 4
  x.fillStyle = css(mix(palette.light, [1, 0, 0], 0.45))
  lines.forEach((line, i) => {
    x.fillText(line, anchor, baseline + i * leading)
  })
  x.restore()
}

/**
 * What of a keyword can be set: characters that the font lacks (emoji, other scripts) are left out, blanks are
 * joined, and what is too long ends in an ellipsis, at a word's end if there is one near.
 */
export function settable(keyword: string): string {
  const has = (codePoint: number) => font.hasGlyphForCodePoint(codePoint)
  const whole = closeGaps(withoutHalfWords(emojiAsGaps(keyword.normalize('NFC')), { has }))
  const known = [...whole.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')]
    .filter((character) => character === ' ' || has(character.codePointAt(0) ?? 0))
    .join('')
  // A joiner or a mark that was left behind without its base.
  const text = known
    .replaceAll(/(^|\s)\p{M}+/gu, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return ''
  const characters = [...text]
  if (characters.length <= MAX_CHARACTERS) return text
  const cut = characters.slice(0, MAX_CHARACTERS - 1).join('')
  const lastBlank = cut.lastIndexOf(' ')
  const kept = lastBlank > MAX_CHARACTERS * 0.6 ? cut.slice(0, lastBlank) : cut
  return kept.replace(/[\s\p{P}]+$/u, '') + ELLIPSIS
}

function openFont(): fontkit.Font {
  const opened = fontkit.openSync(FONT_FILE)
  if (!('hasGlyphForCodePoint' in opened)) throw new TypeError('The lettering font is a collection.')
  return opened
}

function boxFor(w: number, h: number): Box {
  if (h > w) return { left: 0.12, right: 0.88, top: 0.14, bottom: 0.46, maxLines: 5, largest: 0.17 }
  if (w > h) return { left: 0.12, right: 0.76, top: 0.12, bottom: 0.5, maxLines: 3, largest: 0.16 }
  return { left: 0.12, right: 0.88, top: 0.12, bottom: 0.47, maxLines: 4, largest: 0.135 }
}

function leadingFor(text: string): number {
  return /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 1.22 : 1.1
}

interface Setting {
  lines: string[]
  /** Pixels. */
  size: number
}

/** The breaking into lines that looks best: large, of few lines, of similar lengths. Leaves the font set. */
function typeset(easel: Easel, text: string, width: number, height: number, box: Box): Setting {
  const { x, u } = easel
  const leading = leadingFor(text)
  const smallest = 40 * u
  const widthOf = (line: string) => x.measureText(line).width
  setSize(x, smallest)
  const words = text.split(' ').flatMap((word) => pieces(x, word, width))
  let best: (Setting & { score: number }) | null = null
  for (let count = 1; count <= Math.min(words.length, box.maxLines); count++) {
    setSize(x, smallest)
    const lines = balance(words, count, widthOf)
    const widths = lines.map(widthOf)
    const widest = Math.max(...widths)
    const size = Math.min(
      box.largest * 1000 * u,
      (smallest * width) / widest,
      height / (1 + leading * (count - 1)),
    )
    const score = size * (0.72 + (0.28 * Math.min(...widths)) / widest) * 0.95 ** count
    if (!best || score > best.score) best = { lines, size, score }
  }
  const chosen = best ?? { lines: [text], size: smallest }
  setSize(x, chosen.size)
  return chosen
}

function setSize(x: Easel['x'], size: number): void {
  x.font = `${size}px "${FAMILY}"`
  x.letterSpacing = `${-size * 0.018}px`
}

/** A word wider than a line, cut into parts that fit (addresses, and languages that write without blanks). */
function pieces(x: Easel['x'], word: string, width: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (part !== '' && x.measureText(part + character).width > width) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

/** Breaks words into `count` lines whose widths differ as little as possible (least sum of squares). */
function balance(words: string[], count: number, widthOf: (line: string) => number): string[] {
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

/** A soft shade behind the lettering, so that it stands out from any scene. */
function shade({ x, palette, u }: Easel, cx: number, cy: number, width: number, height: number): void {
  const reach = { x: width * 0.62 + u * 170, y: height * 0.62 + u * 170 }
  x.save()
  x.translate(cx, cy)
  x.scale(1, reach.y / reach.x)
  const gradient = x.createRadialGradient(0, 0, 0, 0, 0, reach.x)
  for (let step = 0; step <= 10; step++) {
    const r = step / 10
    gradient.addColorStop(
      r,
      css([palette.deep[0] * 0.6, palette.deep[1], palette.deep[2]], 0.38 * (1 - r * r) ** 1.6),
    )
  }
  x.fillStyle = gradient
  x.fillRect(-reach.x, -reach.x, 2 * reach.x, 2 * reach.x)
  x.restore()
}
