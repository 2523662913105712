/**
 * Stands where something was left out until the text around it is put together again. Programs put it where they could not
 * copy a picture, so what comes from outside with one in it is treated alike.
 */
export const GAP = '\ufffc'

const EMPTY_BRACKETS = /[([{“‘«「『（]\s*(?:\ufffc\s*)+[)\]}”’»」』）]/g
/** Gaps at the end of a line, with the commas between them. */
const AT_THE_END = /(?:[,;]?[ \t]*\ufffc[ \t]*)+[,;]?(?=\n|$)/g
/** A gap with the blanks around it, and a comma behind it. */
const GAPS = /[ \t]*(?:\ufffc[ \t]*)+([,;]?)/g
const CLOSING = /^[,.;:!?…)\]}»”’。、！？，」』）]/u
const OPENING = /[([{«“‘¿¡「『（]$/u
const WORD = /[\p{L}\p{M}\p{N}]/u

/** A text without its gaps: words stay apart, and no blank, comma or pair of brackets is left over. */
export function closeGaps(text: string): string {
  if (!text.includes(GAP)) return text
  const open = text.replace(EMPTY_BRACKETS, GAP).replace(AT_THE_END, '')
  return open.replace(GAPS, (gap: string, comma: string, at: number) => {
    const before = open.slice(Math.max(0, at - 1), at)
    const after = open.slice(at + gap.length, at + gap.length + 1)
    const startsLine = before === '' || before === '\n'
    // A name between two commas, or at the beginning, takes its comma along.
    if (comma !== '') return startsLine || /[,;:([]/.test(before) ? ' ' : comma
    if (startsLine) return ''
    if (CLOSING.test(after) || OPENING.test(before)) return ''
    return /[ \t]/.test(gap) || (WORD.test(before) && WORD.test(after)) ? ' ' : ''
  })
}
