const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** At most `max` UTF-16 units, cut between graphemes, with an ellipsis where something is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  let kept = ''
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (kept.length + segment.length > max - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/**
 * The same by the room that a text takes on a line: letters of East Asia and emoji take two columns, all others one. On one
 * line, whatever line breaks are in it.
 */
export function shortenToWidth(text: string, columns: number): string {
  // A letter can carry any number of marks that take no room.
  const line = shorten(text.replaceAll(/\s+/gu, ' ').trim(), columns * 4)
  let width = 0
  let kept = ''
  // What would fit if there were no more than this, with an ellipsis.
  let shorter = ''
  for (const { segment } of GRAPHEMES.segment(line)) {
    width += WIDE.test(segment) ? 2 : 1
    if (width > columns) return `${shorter.trimEnd()}…`
    kept += segment
    if (width < columns) shorter = kept
  }
  return kept
}

/** Full-width forms and signs of East Asia are among these too: https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u
