const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Shortens to at most `max` UTF-16 code units, cutting between graphemes, with an ellipsis if anything was cut off. */
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
 * Same, measured in columns on a line: East Asian letters and emoji take two columns, all others one. Line breaks are removed.
 */
export function shortenToWidth(text: string, columns: number): string {
  // A letter can carry any number of zero-width marks.
  const line = shorten(text.replaceAll(/\s+/gu, ' ').trim(), columns * 4)
  let width = 0
  let kept = ''
  // What would fit together with an ellipsis.
  let shorter = ''
  for (const { segment } of GRAPHEMES.segment(line)) {
    width += WIDE.test(segment) ? 2 : 1
    if (width > columns) return `${shorter.trimEnd()}…`
    kept += segment
    if (width < columns) shorter = kept
  }
  return kept
}

/** These include East Asian full-width forms and symbols: https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u
