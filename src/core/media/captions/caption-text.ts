import type { CaptionFont } from './fonts.ts'

/** Shown for every character that the bundled font lacks (emoji, Arabic, Hebrew, Han …). */
const MISSING = '□'
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
 * at their words. Pieces of which nothing can be seen, such as a lone zero-width character, are left out.
 * @param capitals The language by whose rules the text is put in capitals; null leaves it as it is.
 */
export function piecesOf(text: string, font: CaptionFont, capitals: string | null = null): TextPiece[] {
  const pieces: TextPiece[] = []
  for (const match of text.matchAll(/\S+/gu)) {
    let spaceBefore = pieces.length > 0
    for (const [offset, part] of unbreakableParts(match[0])) {
      const shown = displayText(part, font, capitals)
      if (shown === '') continue
      const start = match.index + offset
      pieces.push({ start, end: start + part.length, text: shown, spaceBefore })
      spaceBefore = false
    }
  }
  return pieces
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
 * A text without white space as it is drawn: composed, without invisible characters; what the font lacks as the plain
 * letters that it stands for (`ﬁ`, `𝐁`), else as □.
 */
export function displayText(text: string, font: CaptionFont, capitals: string | null = null): string {
  // A Turkish i keeps its dot, and Greek capitals lose their accents.
  const cased = (some: string) => (capitals === null ? some : some.toLocaleUpperCase(capitals))
  let shown = ''
  for (const { segment } of graphemes.segment(cased(text.normalize('NFC')))) {
    const drawn = displayGrapheme(segment, font)
    shown += drawn === MISSING ? plainly(cased(segment.normalize('NFKC')), font) : drawn
  }
  return shown
}

/** One □ for a character that stands for others of which any is missing. */
function plainly(text: string, font: CaptionFont): string {
  const drawn = [...graphemes.segment(text)].map(({ segment }) => displayGrapheme(segment, font)).join('')
  return drawn.includes(MISSING) ? MISSING : drawn
}

/** Controls, joiners, direction marks, variation selectors, tags: they have no shape of their own. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u

function displayGrapheme(grapheme: string, font: CaptionFont): string {
  const [base, ...marks] = [...grapheme].filter((character) => !INVISIBLE.test(character))
  if (base === undefined) return ''
  const has = (character: string) => font.has(character.codePointAt(0) ?? 0)
  if (!has(base) || marks.some((mark) => !/\p{M}/u.test(mark) && !has(mark))) return MISSING
  return base + marks.filter(has).join('')
}

/** U+2060 has no width; it keeps libass from reading a backslash together with what follows. */
const WORD_JOINER = '\u2060'

/** A drawn text as libass's event text that shows it literally: no override block, no `\N`, `\n`, `\h`. */
export function escapeAss(text: string): string {
  return text.replace(/[{}\\]/g, (character) => (character === '\\' ? `\\${WORD_JOINER}` : `\\${character}`))
}
