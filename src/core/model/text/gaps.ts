/**
 * Marks where something was removed until the text around it is joined again. Programs use it where they couldn't copy a
 * picture, so texts from outside that contain it are treated the same way.
 */
export const GAP = '\ufffc'

const EMPTY_BRACKETS = /[([{“‘«「『（]\s*(?:\ufffc\s*)+[)\]}”’»」』）]/g
/** Gaps at the end of a line, including commas between them. */
const AT_THE_END = /(?:[,;]?[ \t]*\ufffc[ \t]*)+[,;]?(?=\n|$)/g
/** A gap with the spaces around it, and a comma after it. */
const GAPS = /[ \t]*(?:\ufffc[ \t]*)+([,;]?)/g
const CLOSING = /^[,.;:!?…)\]}»”’。、！？，」』）]/u
const OPENING = /[([{«“‘¿¡「『（]$/u
const WORD = /[\p{L}\p{M}\p{N}]/u

/** A text without its gaps: words stay separated, and no stray space, comma or pair of brackets is left. */
export function closeGaps(text: string): string {
  if (!text.includes(GAP)) return text
  const open = text.replace(EMPTY_BRACKETS, GAP).replace(AT_THE_END, '')
  return open.replace(GAPS, (gap: string, comma: string, at: number) => {
    const before = open.slice(Math.max(0, at - 1), at)
    const after = open.slice(at + gap.length, at + gap.length + 1)
    const startsLine = before === '' || before === '\n'
    // A name between two commas, or at the beginning, is removed with its comma.
    if (comma !== '') return startsLine || /[,;:([]/.test(before) ? ' ' : comma
    if (startsLine) return ''
    if (CLOSING.test(after) || OPENING.test(before)) return ''
    return /[ \t]/.test(gap) || (WORD.test(before) && WORD.test(after)) ? ' ' : ''
  })
}
