/** One object or list in a text, as delimited by its brackets. */
export interface Span {
  /** Index of its opening bracket in the text. */
  start: number
  /** Index after its last character. */
  end: number
  /** The span without comments. */
  text: string
  /**
   * Whether its end is certain: it is closed, or only closing braces are missing after lists that are closed. What ends
   * inside a list or a string may have been cut off, and what is abridged with “…” leaves something out.
   */
  isWhole: boolean
  isClosed: boolean
}

/** Limit for starts that are never closed, such as a brace in prose; each costs a scan to the end of the text. */
const MOST_UNCLOSED = 12
const MOST_SPANS = 200

/** The outermost objects and lists of a text, in order; for one that is never closed, also those inside it. */
export function spansIn(text: string): Span[] {
  const spans: Span[] = []
  let unclosed = 0
  for (let at = nextOpening(text, 0); at >= 0 && spans.length < MOST_SPANS; ) {
    const span = walk(text, at)
    spans.push(span)
    if (!span.isClosed && ++unclosed >= MOST_UNCLOSED) break
    at = nextOpening(text, span.isClosed ? span.end : at + 1)
  }
  return spans
}

function nextOpening(text: string, from: number): number {
  const found = text.slice(from).search(/[{[]/)
  return found < 0 ? -1 : from + found
}

const CLOSING: Record<string, string> = { '{': '}', '[': ']' }
/** Double and curly opening quotes, and what closes each. */
const QUOTES: Record<string, RegExp> = { '"': /"/, '“': /["”“]/, '”': /["”]/, '„': /["”“]/ }
/** The characters after which a single quote opens a string; elsewhere it is an apostrophe. */
const BEFORE_VALUE = /[{[,:(]/
/** What follows the end of a string. */
const AFTER_VALUE = /^\s*(?:[,:}\]]|$)/
/** A note that something was left out. */
const LEFT_OUT =
  /\.{3}|…|\b(?:etc|omitted|continue[sd]?|and so on)\b|\b(?:more|rest|remaining|other|additional|similar)\b.*\b(?:segment|scene|part|item|entr|line)|생략|나머지|이하/iu

function walk(text: string, start: number): Span {
  const open: string[] = []
  let kept = ''
  let copied = start
  let before = ''
  let isAbridged = false
  /** A bracket was closed by one of another kind. */
  let isUneven = false
  let endsInString = false
  let at = start
  for (; at < text.length; at++) {
    const char = text[at] ?? ''
    if (/\s/.test(char)) continue
    const comment = commentAt(text, at)
    if (comment !== null) {
      isAbridged ||= LEFT_OUT.test(comment)
      kept += `${text.slice(copied, at)} `
      at += comment.length - 1
      copied = at + 1
      continue
    }
    const quoteEnd = stringEnd(text, at, before)
    if (quoteEnd !== null) {
      endsInString = quoteEnd >= text.length
      at = Math.min(quoteEnd, text.length - 1)
      before = '"'
      continue
    }
    if (char === '…' || text.startsWith('...', at)) isAbridged = true
    if (char === '{' || char === '[') open.push(char)
    if (char === '}' || char === ']') {
      const match = open.findLastIndex((bracket) => CLOSING[bracket] === char)
      if (match >= 0) {
        isUneven ||= match < open.length - 1
        open.length = match
      }
      if (open.length === 0) break
    }
    before = char
  }
  const isClosed = open.length === 0
  const end = isClosed ? at + 1 : text.length
  return {
    ...{ start, end, isClosed },
    text: kept + text.slice(copied, end),
    isWhole: !isAbridged && (isClosed ? !isUneven || hasEnded(text, end) : isOnlyUnclosed()),
  }

  function isOnlyUnclosed(): boolean {
    return !endsInString && !open.includes('[') && !/[,:{]/.test(before)
  }
}

/** False if the text after a mismatched end seems to belong to it: an extra bracket may have ended it early. */
function hasEnded(text: string, end: number): boolean {
  return !/^\s*[,\]}]/.test(text.slice(end, end + 100))
}

function commentAt(text: string, at: number): string | null {
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2)
    return end < 0 ? null : text.slice(at, end + 2)
  }
  if (!text.startsWith('//', at) && text[at] !== '#') return null
  const end = text.indexOf('\n', at)
  return text.slice(at, end < 0 ? text.length : end)
}

/**
 * The index of the quote that closes the string starting here, past the end of the text if none does; null if no string
 * starts here.
 */
function stringEnd(text: string, at: number, before: string): number | null {
  const char = text[at] ?? ''
  const closes = QUOTES[char]
  if (closes) return seek(text, at + 1, (index) => closes.test(text[index] ?? ''))
  if ((char !== "'" && char !== '`') || !BEFORE_VALUE.test(before)) return null
  return seek(
    text,
    at + 1,
    (index) => text[index] === char && AFTER_VALUE.test(text.slice(index + 1, index + 100)),
  )
}

function seek(text: string, from: number, isEnd: (index: number) => boolean): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (isEnd(index)) return index
  }
  return text.length
}
