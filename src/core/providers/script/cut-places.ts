import { quoteSpans } from '../../model/text/quote-spans.ts'
import { type ClauseBreak, clauseBreaks } from './clauses.ts'

/** The longest quotation that is kept in one piece, in characters. */
const QUOTE = 60
const ENDS_SENTENCE = /[.!?…。！？]["'”’»)\]」』]*$/u
/** A break that costs more would separate what belongs together: Dr. | Smith. */
const TOGETHER = 10

/**
 * The places where a text of one or more sentences can be cut, in order: preferably between sentences, then between
 * clauses.
 */
export function cutPlaces(text: string, language: string): ClauseBreak[] {
  return clauseBreaks(text, language, quoteSpans(text, QUOTE)).map(({ at, cost }) => ({
    at,
    cost: cost < TOGETHER && ENDS_SENTENCE.test(text.slice(0, at).trimEnd().slice(-6)) ? 0 : cost,
  }))
}
