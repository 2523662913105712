import type { TextPiece } from './caption-text.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** A word is preferably broken after one of these, without a hyphen. */
const SOFT = /[-/._:@&=+#~–—]$/u
/** The fraction of a line that may stay empty for such a break. */
const SLACK = 0.45

/**
 * Splits a piece into parts that each fit on a line: a word is broken rather than made too small to read.
 * @param max the width of a line.
 * @param widest the width of a line in the smallest legible letters: pieces that fit into it stay whole.
 */
export function partsThatFit(
  piece: TextPiece,
  width: (text: string) => number,
  max: number,
  widest: number,
): TextPiece[] {
  if (width(piece.text) <= widest) return [piece]
  // In a name such as a domain, a hyphen would seem to be part of it.
  const hyphen = /[./@]/.test(piece.text) ? '' : '-'
  const parts: string[] = []
  let part = ''
  for (const { segment } of graphemes.segment(piece.text)) {
    if (part !== '' && width(`${part}${segment}${hyphen}`) > max) {
      const cut = softEnd(part, width, max) ?? part
      parts.push(cut)
      part = part.slice(cut.length)
    }
    part += segment
  }
  parts.push(part)
  return placed(piece, parts, hyphen)
}

function softEnd(part: string, width: (text: string) => number, max: number): string | null {
  for (let end = part.length; end > 0; end--) {
    const cut = part.slice(0, end)
    if (width(cut) < max * (1 - SLACK)) return null
    if (SOFT.test(cut)) return cut
  }
  return null
}

/** Sets the parts' offsets in the text; they are approximate for a domain, which is shorter than its address. */
function placed(piece: TextPiece, parts: string[], hyphen: string): TextPiece[] {
  const scale = (piece.end - piece.start) / piece.text.length
  let done = 0
  return parts.map((text, index) => {
    const start = piece.start + Math.round(done * scale)
    done += text.length
    const isCut =
      index < parts.length - 1 && /[\p{L}\p{M}]$/u.test(text) && /^\p{L}/u.test(parts[index + 1] ?? '')
    return {
      start,
      end: piece.start + Math.round(done * scale),
      text: isCut ? text + hyphen : text,
      spaceBefore: index === 0 && piece.spaceBefore,
    }
  })
}
