import { quoteSpans, type Span } from '../../model/text/quote-spans.ts'
import { endsSentence } from './sentence-ends.ts'

/** Parts of a date, which belong together: 2024. 11. 25. */
const DATES = /(?<![\d.])\d{4}\.\s*\d{1,2}\.(\s*\d{1,2}\.)?/g
/**
 * Sentence boundaries that the segmenter doesn't know: “ended. 3 days later”, « Oui. » Il dit, “it is. he said”, “입니다.
 * iPhone”, “it.Then”.
 */
const BEFORE_DIGITS = /(?=\d[\d.,]*\s\p{Ll})(?<=\p{L}{2}[.!?]+["”’)]*\s+)/gu
const BEHIND_FRENCH_QUOTE = /(?=\p{Lu})(?<=[.!?…]\s»\s+)/gu
const SMALL = /(?=\p{Ll})(?<=[\p{L}\p{N}]([.!?]|[!?]+)["”’)]*\s+)/gu
const SMALL_IN_KOREAN = /(?=\p{Ll})(?<=\p{Script=Hangul}[.!?]+["”’)]*\s+)/gu
const UNSPACED = /(?<=\p{Ll}{2}[.!?])(?=\p{Lu}\p{Ll}*\s)/gu

/** Text between blank lines, and the offsets at which a sentence may start in it. */
export interface Paragraph {
  text: string
  /** Offsets at which its sentences start; the first is 0. */
  starts: number[]
  /** Quotes, brackets and dates, which must not be cut. */
  spans: Span[]
}

/** Divides a text at blank lines, headings and list items, and each part into sentences. */
export function paragraphsOf(text: string, language: string, maxQuote: number): Paragraph[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .split(/\n[^\S\n]*\n\s*|\n(?=[^\S\n]*#{1,6}\s)|(?<=(?:^|\n)[^\S\n]*#{1,6}\s[^\n]*)\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const dates = Array.from(part.matchAll(DATES), ({ index, 0: date }) => ({
        start: index,
        end: index + date.length,
      }))
      const spans = [...quoteSpans(part, maxQuote), ...dates]
      return { text: part, starts: sentenceStarts(part, segmenter, language, spans), spans }
    })
}

export function isInside(spans: Span[], offset: number): boolean {
  return spans.some(({ start, end }) => offset > start && offset < end)
}

function sentenceStarts(text: string, segmenter: Intl.Segmenter, language: string, spans: Span[]): number[] {
  const candidates = new Set<number>()
  // Line breaks are judged here and not by the segmenter, which ends a sentence at each one.
  for (const { index } of segmenter.segment(text.replace(/\n/g, ' '))) candidates.add(index)
  for (const { index, 0: all } of text.matchAll(/\n\s*/g))
    if (endsAtLineBreak(text, index)) candidates.add(index + all.length)
  const context = { language, isSmall: !/\p{Lu}/u.test(text) }
  for (const pattern of [
    context.isSmall ? SMALL : UNSPACED,
    SMALL_IN_KOREAN,
    BEFORE_DIGITS,
    BEHIND_FRENCH_QUOTE,
  ])
    for (const { index } of text.matchAll(pattern)) candidates.add(index)
  const starts = [0]
  for (const at of [...candidates].sort((a, b) => a - b)) {
    const from = starts.at(-1) ?? 0
    if (at <= from || at >= text.length || isInside(spans, at)) continue
    if (endsSentence(text.slice(from, at), text.slice(at), context)) starts.push(at)
  }
  return starts
}

/**
 * A line break inside a sentence is only a wrapped line: after a long line that goes on, or before a lower-case letter.
 */
function endsAtLineBreak(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim()
  const next = text.slice(at).trimStart()
  if (/^([-*•‣◦·–—+]|\d{1,3}[.)])\s/.test(next)) return true
  if (/^\p{Ll}/u.test(next)) return false
  return line.length < 60 || /[.!?…。！？:;]["'”’」』)\]]*$/u.test(line)
}
