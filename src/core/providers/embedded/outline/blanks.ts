/** How an outline's blanks begin, in each of its languages. Saved outlines contain them: never remove one. */
const LABELS = [
  ...['fact', 'example', 'number', 'story', 'tip', 'answer', 'opinion', 'quote'].map(
    (kind) => `Your ${kind}`,
  ),
  ...['사실', '사례', '숫자', '이야기', '방법', '답', '의견', '한마디'].map((kind) => `채울 ${kind}`),
]
const BLANK = new RegExp(
  `\\[\\s*(?:${LABELS.map((label) => label.replace(' ', '\\s+')).join('|')})\\s*:[^\\[\\]]*\\]`,
  'giu',
)

/**
 * The blanks left in an outline's text, as they appear there: `[Your fact: what has changed lately.]`. They are
 * recognised by how they begin, so a person's own brackets don't count.
 */
export function blanksIn(text: string): string[] {
  return text.match(BLANK) ?? []
}

/** A text without its blanks. */
export function withoutBlanks(text: string): string {
  return text.replace(BLANK, ' ').trim()
}
