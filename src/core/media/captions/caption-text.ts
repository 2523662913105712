import { type Address, addressesIn } from '../../model/text/addresses.ts'
import { emojiAsGaps } from '../../model/text/emoji.ts'
import { GAP } from '../../model/text/gaps.ts'
import type { CaptionFont } from './fonts.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** A piece of the text that is never broken over two lines. */
export interface TextPiece {
  /** UTF-16 offsets into the text: [start, end). */
  start: number
  end: number
  /** What is drawn. */
  text: string
  /** Whether a space separates it from the piece before. */
  spaceBefore: boolean
}

/**
 * Splits a text at white space (line breaks are white space too), and scripts that are written without spaces
 * at their words. Of an address the domain is shown. Pieces of which nothing can be seen are left out: a lone zero-width
 * character, emoji, and what the font has no letters for.
 * @param capitals The language by whose rules the text is put in capitals; null leaves it as it is.
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
        // What is left of a word that cannot be shown.
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

/** A word of which only some letters are there says nothing, and its others are left out as well. */
const IDEOGRAPHIC = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー々]+/gu

/** A text with gaps for those words, as long as they are, so that all places stay the same. */
export function withoutHalfWords(text: string, font: Pick<CaptionFont, 'has'>): string {
  return text.replace(IDEOGRAPHIC, (word) => (hasAll(word, font) ? word : GAP.repeat(word.length)))
}

function hasAll(word: string, font: Pick<CaptionFont, 'has'>): boolean {
  return [...word.normalize('NFC')].every((letter) => font.has(letter.codePointAt(0) ?? 0))
}

/** Nothing but punctuation. */
const MARKS = /^\p{P}+$/u

/** What of a text cannot be shown, stretch by stretch; emoji are not meant to be. */
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

/** An address stays whole, with what touches it. */
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
/** What must not begin a line, or must not end one. */
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
 * A text without white space as it is drawn: composed, without invisible characters and emoji; what the font lacks as the
 * plain letters that it stands for (`ﬁ`, `𝐁`), else not at all.
 */
export function displayText(text: string, font: CaptionFont, capitals: string | null = null): string {
  // A Turkish i keeps its dot, and Greek capitals lose their accents.
  const cased = (some: string) => (capitals === null ? some : some.toLocaleUpperCase(capitals))
  let shown = ''
  for (const { segment } of graphemes.segment(cased(emojiAsGaps(text.normalize('NFC')))))
    if (segment !== GAP) shown += drawnAs(segment, font, cased) ?? ''
  return shown
}

/** Null for what cannot be drawn. */
function drawnAs(grapheme: string, font: CaptionFont, cased: (text: string) => string): string | null {
  return displayGrapheme(grapheme, font) ?? plainly(cased(grapheme.normalize('NFKC')), font)
}

/** Null for a character that stands for others of which any is missing. */
function plainly(text: string, font: CaptionFont): string | null {
  let drawn = ''
  for (const { segment } of graphemes.segment(text)) {
    const one = displayGrapheme(segment, font)
    if (one === null) return null
    drawn += one
  }
  return drawn
}

/** Controls, joiners, direction marks, variation selectors, tags: they have no shape of their own. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u

function displayGrapheme(grapheme: string, font: CaptionFont): string | null {
  const [base, ...marks] = [...grapheme].filter((character) => !INVISIBLE.test(character))
  if (base === undefined) return ''
  const has = (character: string) => font.has(character.codePointAt(0) ?? 0)
  if (!has(base) || marks.some((mark) => !/\p{M}/u.test(mark) && !has(mark))) return null
  return base + marks.filter(has).join('')
}

/** U+2060 has no width; it keeps libass from reading a backslash together with what follows. */
const WORD_JOINER = '\u2060'

/** A drawn text as libass's event text that shows it literally: no override block, no `\N`, `\n`, `\h`. */
export function escapeAss(text: string): string {
  return text.replace(/[{}\\]/g, (character) => (character === '\\' ? `\\${WORD_JOINER}` : `\\${character}`))
}
