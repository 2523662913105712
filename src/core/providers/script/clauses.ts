import type { Span } from '../../model/text/quote-spans.ts'
import { bindsNext } from './sentence-ends.ts'
import { isInside } from './sentences.ts'

/** A place inside a sentence where it may be cut, and the cost of cutting there (0.3 hardly hurts, 20 hurts a lot). */
export interface ClauseBreak {
  at: number
  cost: number
}

const AFTER_PUNCTUATION: [RegExp, number][] = [
  [/[;；]$/u, 0.3],
  [/[:：]$/u, 0.6],
  [/[—–]$|\s-$/u, 0.5],
  [/[,，、،]$/u, 0.6],
  [/[)）"”’」』»]$/u, 1.5],
]
/** Korean joins clauses by verb endings. */
const KOREAN_ENDING =
  /\p{Script=Hangul}(고|며|면|면서|어서|아서|해서|니까|는데|은데|ㄴ데|인데|지만|도록|므로|려고|거나|든지|으나|다가|때문에|위해|동안|후에|전에)$/u
const CONJUNCTION =
  /^(and|but|or|because|which|who|that|while|when|so|where|although|though|until|before|after|if|y|pero|porque|que|et|mais|und|aber|weil|그리고|그래서|하지만|그런데|또는|왜냐하면)\b/iu
/** The cost of about the worst possible cut: Dr. | Smith, 10 | 000. */
const TOGETHER = 20
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** The places where a sentence can be cut, in order: never inside a word, a number or a quote. */
export function clauseBreaks(text: string, language: string, spans: Span[]): ClauseBreak[] {
  const breaks: ClauseBreak[] = []
  const add = (at: number, cost: number) => {
    if (at > 0 && at < text.length && !isInside(spans, at)) breaks.push({ at, cost })
  }
  for (const { index, 0: word } of text.matchAll(/\S+/gu)) {
    if (index > 0) add(index, costBetween(text.slice(0, index), text.slice(index)))
    if (!UNSPACED.test(word)) continue
    const segmenter = new Intl.Segmenter(language, { granularity: 'word' })
    for (const part of segmenter.segment(word)) {
      const before = word.slice(0, part.index)
      // A punctuation mark stays with the word before it.
      if (part.index === 0 || (part.isWordLike === false && !/^[「『（“‘]/u.test(part.segment))) continue
      if (/[「『（“‘(\p{N}.]$/u.test(before)) continue
      if (
        !UNSPACED.test(part.segment) &&
        !UNSPACED.test(before.slice(-1)) &&
        !/[、，。；：」』）]$/u.test(before)
      )
        continue
      add(index + part.index, punctuationCost(before) ?? 8)
    }
  }
  return breaks
}

function costBetween(spaced: string, after: string): number {
  const before = spaced.trimEnd().slice(-20)
  if (bindsNext(before) || '\u00a0\u202f'.includes(spaced.slice(-1))) return TOGETHER
  if (/\d$/.test(before) && /^\d/.test(after)) return TOGETHER
  const cost = punctuationCost(before)
  if (cost !== null) return cost
  if (KOREAN_ENDING.test(before.slice(-12))) return 1
  if (/^[—–-]\s/.test(after)) return 0.5
  if (CONJUNCTION.test(after.slice(0, 12))) return 1.3
  return 6
}

function punctuationCost(before: string): number | null {
  return AFTER_PUNCTUATION.find(([mark]) => mark.test(before.slice(-2)))?.[1] ?? null
}
