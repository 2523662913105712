import { abbreviationEnd } from '../../../model/text/abbreviations.ts'
import { quoteSpans } from '../../../model/text/quote-spans.ts'
import type { TextPiece } from '../caption-text.ts'
import { BOND, type Word } from './bond.ts'
import { englishBond, isEnglishStarter } from './english.ts'
import { koreanBond } from './korean.ts'
import { otherBond } from './other.ts'

/** Quotes and brackets of at most this many characters are kept together. */
const SHORT_QUOTE = 28
const HANGUL = /\p{sc=Hangul}/u
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u
/** Languages that write ordinals with a full stop: 3. Oktober. */
const ORDINALS = new Set(['de', 'cs', 'pl', 'tr', 'sv'])

/**
 * The bond between each piece of a text and the next one; the last one has none.
 * @param language BCP 47 primary subtag; words in Hangul follow Korean rules in any text.
 */
export function bondsOf(text: string, pieces: readonly TextPiece[], language: string): number[] {
  const words = wordsOf(text, pieces)
  const quotes = quoteSpans(text, SHORT_QUOTE)
  let quote = 0
  const sorted = quotes.toSorted((a, b) => a.start - b.start)
  return pieces.map((piece, index) => {
    const next = pieces[index + 1]
    const [word, after] = [words[index], words[index + 1]]
    if (!next || !word || !after) return BOND.none
    while ((sorted[quote]?.end ?? Number.POSITIVE_INFINITY) <= piece.end) quote += 1
    const span = sorted[quote]
    const isQuoted = span !== undefined && span.start < next.start && span.end > next.start
    // These are parts of one word, or words of a script without spaces.
    if (!next.spaceBefore) return UNSPACED.test(piece.text) ? BOND.free : BOND.close
    const bond = bondBetween(word, after, language)
    return isQuoted ? Math.max(bond, BOND.tight) : bond
  })
}

function wordsOf(text: string, pieces: readonly TextPiece[]): Word[] {
  const words: Word[] = pieces.map((piece) => {
    const raw = text.slice(piece.start, piece.end).normalize('NFC')
    const core = raw.replace(/^[^\p{L}\p{N}$£€¥₩]+|[^\p{L}\p{N}%°]+$/gu, '')
    return {
      raw,
      core,
      lower: core.toLowerCase().replaceAll('’', "'"),
      before: null,
      after: null,
      isFirst: false,
      isHeadline: false,
    }
  })
  const capitals = words.filter(({ core }) => /^\p{Lu}/u.test(core)).length
  const isHeadline = words.length > 3 && capitals > 0.6 * words.length
  words.forEach((word, index) => {
    word.before = words[index - 1] ?? null
    word.after = words[index + 1] ?? null
    word.isHeadline = isHeadline
    word.isFirst =
      word.before === null ||
      /[.!?…:。！？]["'”’»)\]」』]*$/u.test(word.before.raw) ||
      /^["'“‘«「『(]/u.test(word.raw)
  })
  return words
}

const SENTENCE = /[.!?…。！？]["'”’»)\]」』]*$/u
const PHRASE = /[,;:—–、，；：]["'”’»)\]」』]*$/u
const CLOSES_QUOTE = /["”’»」』]$/u

function bondBetween(word: Word, next: Word, language: string): number {
  const isKorean = HANGUL.test(word.core) || HANGUL.test(next.core)
  const marks = bondOfMarks(word, next, language)
  if (marks !== null) return marks
  const bond = isKorean ? koreanBond(word, next) : null
  if (CLOSES_QUOTE.test(word.raw)) return bond ?? BOND.phrase
  if (SENTENCE.test(word.raw)) return BOND.none
  if (PHRASE.test(word.raw)) return bond !== null && bond >= BOND.fixed ? bond : BOND.phrase
  if (/^[("“‘«「『]/u.test(next.raw) && !isKorean) return Math.min(BOND.clause, bindOf(word, next, language))
  return bond ?? bindOf(word, next, language)
}

function bindOf(word: Word, next: Word, language: string): number {
  return language === 'en' || language === 'ko' ? englishBond(word, next) : otherBond(word, next, language)
}

/** The bond by punctuation, numbers and abbreviations, in every language; null if none of them applies. */
function bondOfMarks(word: Word, next: Word, language: string): number | null {
  if (word.core === '')
    return opensSomething(word.raw) ? BOND.fixed : word.before === null ? BOND.fixed : BOND.phrase
  // A dash or another lone mark belongs at the end of a line rather than at the beginning.
  if (next.core === '') return opensSomething(next.raw) ? BOND.phrase : BOND.fixed
  if (/\p{N}$/u.test(word.raw) && /^[\p{N}%°]/u.test(next.raw)) return BOND.fixed
  // 2024. 11. 25.
  if (/^\d{1,4}\.$/.test(word.raw) && /^\d{1,4}([.]|\p{sc=Hangul}|$)/u.test(next.raw)) return BOND.fixed
  // A list item: 1. Wash your hands.
  if (/^\(?(\d{1,3}|[a-zA-Z])[.)]$/.test(word.raw) && word.isFirst && word.raw !== 'I.') return BOND.fixed
  if (/^(\d{1,2}|[IVX]+)\.$/.test(word.raw) && ORDINALS.has(language)) return BOND.fixed
  return bondOfAbbreviation(word, next)
}

function opensSomething(mark: string): boolean {
  return /^[\p{Ps}\p{Pi}"'#&+=×÷/•*-]+$/u.test(mark) && !/^-+$/.test(mark)
}

function bondOfAbbreviation(word: Word, next: Word): number | null {
  const name = /^[^\p{L}]*([\p{L}\p{N}.]+)\.$/u.exec(word.raw)?.[1]
  const end = name === undefined ? null : abbreviationEnd(name)
  if (name === undefined || end === null) return null
  const isNumber = /^([#(]?\p{N}|[IVXLC]+\b)/u.test(next.raw)
  if (end === 'never') return BOND.fixed
  if (end === 'number') return isNumber ? BOND.fixed : BOND.none
  const isCapital = /^\p{Lu}/u.test(next.core)
  if (/^(St|Mt|Ft)$/.test(name) || /^\p{Lu}$/u.test(name))
    return isCapital && !isEnglishStarter(next) ? BOND.fixed : BOND.none
  // A number belongs to the abbreviation: Jan. 5, Sept. 11. So does a word in “U.S. troops”, but not in “in the U.S. The …”.
  if (isNumber) return BOND.fixed
  if (isEnglishStarter(next)) return isCapital ? BOND.none : BOND.free
  return /\./.test(name) && !/^[ap]\.m$/i.test(name) ? BOND.tight : BOND.free
}
