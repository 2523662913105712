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
