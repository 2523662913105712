/** What a blank of an outline begins with, in each of its languages. Outlines that are kept carry them: never remove one. */
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
 * The blanks that are left in a text of an outline, as they stand there: `[Your fact: what has changed lately.]`. They are
 * told by how they begin, so that a person's own brackets are none.
 */
export function blanksIn(text: string): string[] {
  return text.match(BLANK) ?? []
}

/** What is left of a text without its blanks. */
export function withoutBlanks(text: string): string {
  return text.replace(BLANK, ' ').trim()
}
