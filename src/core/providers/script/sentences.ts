import { quoteSpans, type Span } from './quote-spans.ts'

/** Never the end of a sentence: what they belong to follows. */
const BEFORE_A_NAME =
  'dr mr mrs ms mx prof st ste mt ft sgt capt cpt lt col gen maj cmdr adm rev fr hon gov sen rep pres no nos nr vol fig figs eq sec ch pp p vs v cf ca e.g i.e eg ie viz al approx appx est ext dept univ art tel max min avg sr sra srta dra bzw z.b u.a d.h ggf mme mlle p.ex núm art'
/** The end of a sentence only when a new one clearly begins. */
const MAYBE_LAST =
  'u.s u.k u.n e.u u.s.a d.c l.a a.m p.m inc ltd co corp llc plc bros jr sr etc ph.d m.d b.a m.a b.c a.d b.c.e c.e jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ave blvd rd hrs hr mins sec kg km cm lb lbs oz ft gmbh usw'
const NEVER_LAST = new Set(BEFORE_A_NAME.split(' '))
const SOMETIMES_LAST = new Set(MAYBE_LAST.split(' '))
const STARTERS = new Set(
  'a an the this that these those there here it its he she they we i you his her their our my your but and or so then when while if because however what why how who where in on at after before since as for with from by now today yet still meanwhile finally also not no yes each every all some most many'.split(
    ' ',
  ),
)

const CLOSING_QUOTE = /["'”’」』»)）]$/u
/** “Stop!” he said; “왔다.” 하고; 「帰ろう。」と: the sentence goes on. */
const AFTER_A_QUOTE =
  /^(\p{Ll}|\p{Script=Hiragana}|[-–—,;]|(이?라고|이?라는|이?라며|이?라면서|하고|하며|하면서|하는|했다|했어요|했습니다|[은는이가을를와과도의])(?!\p{L}))/u
const BEFORE_A_NUMBER = /^(no|nos|nr|vol|figs?|ch|sec|art|eq|est|max|min)$/

/** Text between blank lines, and the offsets at which a sentence may begin in it. */
export interface Paragraph {
  text: string
  /** Where its sentences begin; the first is 0. */
  starts: number[]
  /** Quotes and brackets, which no cut may go through. */
  spans: Span[]
}

/** Divides a text at blank lines, headings and list items, and each part into sentences. */
export function paragraphsOf(text: string, language: string, maxQuote: number): Paragraph[] {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .split(/\n[^\S\n]*\n\s*|\n(?=[^\S\n]*#{1,6}\s)|(?<=(?:^|\n)[^\S\n]*#{1,6}\s[^\n]*)\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const spans = quoteSpans(part, maxQuote)
      return { text: part, starts: sentenceStarts(part, language, spans), spans }
    })
}

export function isInside(spans: Span[], offset: number): boolean {
  return spans.some(({ start, end }) => offset > start && offset < end)
}

function sentenceStarts(text: string, language: string, spans: Span[]): number[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })
  const candidates = new Set<number>()
  // Line breaks are judged here and not by the segmenter, which ends a sentence at each of them.
  for (const { index } of segmenter.segment(text.replace(/\n/g, ' '))) candidates.add(index)
  for (const { index, 0: all } of text.matchAll(/\n\s*/g))
    if (endsAtLineBreak(text, index)) candidates.add(index + all.length)
  const starts = [0]
  for (const at of [...candidates].sort((a, b) => a - b)) {
    const from = starts.at(-1) ?? 0
    if (at > from && at < text.length && !isInside(spans, at) && isBoundary(text, from, at)) starts.push(at)
  }
  return starts
}

/** A line break inside a sentence is only a wrapped line: a long one that goes on, or one before a small letter. */
function endsAtLineBreak(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim()
  const next = text.slice(at).trimStart()
  if (/^([-*•‣◦·–—+]|\d{1,3}[.)])\s/.test(next)) return true
  if (/^\p{Ll}/u.test(next)) return false
  return line.length < 60 || /[.!?…。！？:;]["'”’」』)\]]*$/u.test(line)
}

function isBoundary(text: string, from: number, at: number): boolean {
  const before = text.slice(from, at)
  if (/\n\s*$/.test(before)) return true
  const trimmed = before.trimEnd()
  // Where nothing but a full-width mark separates two sentences, there is no space; anywhere else there must be.
  if (trimmed === before && !/[。！？｡…」』）]$/u.test(before)) return false
  const next = text.slice(at).trimStart()
  if (CLOSING_QUOTE.test(trimmed) && AFTER_A_QUOTE.test(next)) return false
  // “1.” and “-” introduce what follows.
  if (/^\(?(\d{1,3}|[a-zA-Z]|[-*•])[.)]?$/.test(trimmed)) return false
  const word = /([\p{L}\p{N}.]+)\.$/u.exec(trimmed)?.[1]?.toLowerCase()
  if (word === undefined) return true
  // “No. 5” and “He said no. Then …”
  if (BEFORE_A_NUMBER.test(word)) return !/^[#(]?\p{N}/u.test(next)
  if (NEVER_LAST.has(word)) return false
  // An initial (J. K. Rowling) or a spelled abbreviation (U.S.).
  if (SOMETIMES_LAST.has(word) || /^\p{L}(\.\p{L})*$/u.test(word)) return startsSentence(next)
  return true
}

function startsSentence(next: string): boolean {
  const word = /^["“‘«(]*(\p{L}+)/u.exec(next)?.[1] ?? ''
  if (/^\p{Script=Hangul}|^\p{Script=Han}/u.test(word)) return true
  return /^\p{Lu}/u.test(word) && STARTERS.has(word.toLowerCase())
}
