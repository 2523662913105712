/** At most `max` UTF-16 units, cut between words if possible, with an ellipsis if anything was cut. */
export function shorten(text: string, max: number): string {
  const line = text.trim().replace(/\s+/g, ' ')
  if (line.length <= max) return line
  let kept = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)) {
    if (kept.length + segment.length > max - 1) break
    kept += segment
  }
  const space = kept.lastIndexOf(' ')
  const atWord = space > max * 0.6 && line[kept.length] !== ' ' ? kept.slice(0, space) : kept
  return `${atWord.replace(/[\s,;:.–—-]+$/u, '')}…`
}
