/** A part of a text that must stay in one piece: UTF-16 offsets, [start, end). */
export interface Span {
  start: number
  end: number
}

const DEEPEST = 20
const CLOSERS: Record<string, string> = {
  '“': '”',
  '„': '“”',
  '‘': '’',
  '‚': '‘’',
  '«': '»',
  '»': '«',
  '‹': '›',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '(': ')',
  '（': '）',
}

/**
 * The quotes and brackets in a text that are closed within `maxLength` characters. One that is never closed (the ’90s,
 * 5′10″) isn't a quote, and a longer one can't be kept in one piece.
 */
export function quoteSpans(text: string, maxLength: number): Span[] {
  const spans: Span[] = []
  const open: { closers: string; at: number }[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (!'“”„‘’‚«»‹›「」『』《》〈〉()（）"\''.includes(character)) continue
    const closing = open.findLastIndex(({ closers }) => closers.includes(character))
    if (closing >= 0 && canClose(text, at)) {
      const start = open[closing]?.at ?? at
      open.length = closing
      if (at + 1 - start <= maxLength) spans.push({ start, end: at + 1 })
    } else if (canOpen(text, at)) {
      open.push({ closers: CLOSERS[character] ?? character, at })
      // Real texts aren't nested deeper, and thousands of consecutive opening marks must not take minutes.
      if (open.length > DEEPEST) open.shift()
    }
  }
  return spans
}

/** Straight quotes and apostrophes depend on context: rock ’n’ roll, 6", don't. */
function canOpen(text: string, at: number): boolean {
  const character = text.charAt(at)
  if (!(character in CLOSERS) && character !== '"' && character !== "'") return false
  // ’90s and ’n’ are contractions.
  if (/^(\d\ds|n['’])/.test(text.slice(at + 1, at + 4))) return false
  if (character in CLOSERS && character !== '‘' && character !== '»') return true
  return !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at)) && /^\S/.test(text.slice(at + 1, at + 2))
}

function canClose(text: string, at: number): boolean {
  const character = text.charAt(at)
  if (character === '"') return /\S$/.test(text.slice(Math.max(0, at - 1), at))
  if (character !== "'" && character !== '’') return true
  // Korean particles follow a closing quote without a space: ‘좋아’라고.
  return (
    /\S$/.test(text.slice(Math.max(0, at - 1), at)) &&
    !/^[\p{Script=Latin}\p{N}]/u.test(text.slice(at + 1, at + 3))
  )
}
