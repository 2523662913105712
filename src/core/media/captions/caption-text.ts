import { type Address, addressesIn } from '../../model/text/addresses.ts'
import { emojiAsGaps } from '../../model/text/emoji.ts'
import { GAP } from '../../model/text/gaps.ts'
import type { CaptionFont } from './fonts.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** A piece of the text that is never broken across lines. */
export interface TextPiece {
  /** UTF-16 offsets into the text: [start, end). */
  start: number
  end: number
  /** The text as drawn. */
  text: string
  /** Whether a space separates it from the previous piece. */
  spaceBefore: boolean
}

/**
 * Splits a text at white space (including line breaks), and scripts written without spaces at their words. Addresses are shown as
 * their domain. Pieces with nothing visible are left out: a lone zero-width character, emoji, and characters the font lacks.
 * @param capitals the language whose rules capitalize the text; null leaves it unchanged.
 */
export function piecesOf(text: string, font: CaptionFont, capitals: string | null = null): TextPiece[] {
  const pieces: TextPiece[] = []
  const addresses = addressesIn(text)
  for (const match of withoutHalfWords(text, font).matchAll(/\S+/gu)) {
    let spaceBefore = pieces.length > 0
    for (const [offset, part] of partsOf(match[0], match.index, addresses)) {
      const start = match.index + offset
      const end = start + part.length
      const shown = displayText(domainsIn(part, start, addresses), font, capitals)
      const previous = pieces.at(-1)
      if (shown === '') continue
      if (MARKS.test(shown) && !MARKS.test(part)) {
        // This is what remains of a word that can't be shown.
        if (previous && /^[.,;:!?…]+$/u.test(shown))
          Object.assign(previous, { text: previous.text + shown, end })
        continue
      }
      pieces.push({ start, end, text: shown, spaceBefore })
      spaceBefore = false
    }
  }
  return pieces
}

/** A word in these scripts is meaningless if some of its letters are missing, so the others are left out too. */
const IDEOGRAPHIC = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー々]+/gu

/** Replaces words with missing letters by gaps of the same length, so that all offsets stay the same. */
export function withoutHalfWords(text: string, font: Pick<CaptionFont, 'has'>): string {
  return text.replace(IDEOGRAPHIC, (word) => (hasAll(word, font) ? word : GAP.repeat(word.length)))
}

function hasAll(word: string, font: Pick<CaptionFont, 'has'>): boolean {
  return [...word.normalize('NFC')].every((letter) => font.has(letter.codePointAt(0) ?? 0))
}

/** Only punctuation. */
const MARKS = /^\p{P}+$/u

/** The stretches of a text that the font can't show, except for emoji, which are left out on purpose. */
export function unshownIn(text: string, font: CaptionFont): string[] {
  const unshown: string[] = []
  if (hasAll(text.replaceAll(/\s/gu, ''), font)) return unshown
  const others = emojiAsGaps(text.normalize('NFC'))
    .replaceAll(GAP, ' ')
    .replace(IDEOGRAPHIC, (word) => {
      if (!hasAll(word, font)) unshown.push(word)
      return ' '
    })
  let goesOn = false
  for (const { segment } of graphemes.segment(others)) {
    const isMissing = !/^\s/u.test(segment) && drawnAs(segment, font, (some) => some) === null
    if (isMissing && goesOn) unshown.push(`${unshown.pop() ?? ''}${segment}`)
    else if (isMissing) unshown.push(segment)
    goesOn = isMissing
  }
  return [...new Set(unshown)]
}

/** Splits a run without white space; an address stays whole, including adjacent characters. */
function partsOf(run: string, at: number, addresses: readonly Address[]): [offset: number, part: string][] {
  const isAddress = addresses.some(({ start }) => start >= at && start < at + run.length)
  return isAddress ? [[0, run]] : unbreakableParts(run)
}

function domainsIn(part: string, at: number, addresses: readonly Address[]): string {
  let shown = part
  for (const { start, end, domain } of addresses.toReversed())
    if (start >= at && end <= at + part.length)
      shown = shown.slice(0, start - at) + domain + shown.slice(end - at)
  return shown
}

const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u
/** Characters that must not begin a line, and those that must not end one. */
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u
const OPENING = /[\p{Ps}\p{Pi}]$/u

function unbreakableParts(run: string): [offset: number, part: string][] {
  if (!WITHOUT_SPACES.test(run)) return [[0, run]]
  const parts: [number, string][] = []
  for (const { segment, index } of words.segment(run)) {
    const last = parts.at(-1)
    const isGlued =
      last &&
      (CLOSING.test(segment) ||
        OPENING.test(last[1]) ||
        !(WITHOUT_SPACES.test(segment) || WITHOUT_SPACES.test(last[1])))
    if (isGlued) last[1] += segment
    else parts.push([index, segment])
  }
  return parts
}

/**
 * Returns a text without white space as it is drawn: composed, without invisible characters and emoji. Characters the font lacks
 * are replaced by the plain letters they stand for (`ﬁ`, `𝐁`), or else left out.
 */
export function displayText(text: string, font: CaptionFont, capitals: string | null = null): string {
  // By the language's rules: a Turkish i keeps its dot, and Greek capitals lose their accents.
  const cased = (some: string) => (capitals === null ? some : some.toLocaleUpperCase(capitals))
  let shown = ''
  for (const { segment } of graphemes.segment(cased(emojiAsGaps(text.normalize('NFC')))))
    if (segment !== GAP) shown += drawnAs(segment, font, cased) ?? ''
  return shown
}

/** Returns null if it can't be drawn. */
function drawnAs(grapheme: string, font: CaptionFont, cased: (text: string) => string): string | null {
  return displayGrapheme(grapheme, font) ?? plainly(cased(grapheme.normalize('NFKC')), font)
}

/** Returns null if the font lacks any of the characters. */
function plainly(text: string, font: CaptionFont): string | null {
  let drawn = ''
  for (const { segment } of graphemes.segment(text)) {
    const one = displayGrapheme(segment, font)
    if (one === null) return null
    drawn += one
  }
  return drawn
}

/** Controls, joiners, direction marks, variation selectors and tags: they have no glyph. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u

function displayGrapheme(grapheme: string, font: CaptionFont): string | null {
  const [base, ...marks] = [...grapheme].filter((character) => !INVISIBLE.test(character))
  if (base === undefined) return ''
  const has = (character: string) => font.has(character.codePointAt(0) ?? 0)
  if (!has(base) || marks.some((mark) => !/\p{M}/u.test(mark) && !has(mark))) return null
  return base + marks.filter(has).join('')
}

/** U+2060 has no width; it keeps libass from interpreting a backslash together with the next character. */
const WORD_JOINER = '\u2060'

/** Escapes a text so that libass shows it literally: no override block, no `\N`, `
 `, `\h`. */
export function escapeAss(text: string): string {
  return text.replace(/[{}\\]/g, (character) => (character === '\\' ? `\\${WORD_JOINER}` : `\\${character}`))
}
