/** What each kind of character counts as, in characters of everyday narration that take the same time. */
export interface SpokenWeights {
  /** Any spoken character. */
  character: number
  /** Added for a digit, which is spoken as a word. */
  digit: number
  /** A mark that ends a sentence, including the pause after it. */
  end: number
  /** A comma or a colon. */
  stop: number
}

/**
 * How long a text takes to speak, in characters of everyday narration. An outline has short sentences, brackets and
 * colons, so just counting its characters would be off by a tenth.
 */
export function spokenLength(text: string, { character, digit, end, stop }: SpokenWeights): number {
  const count = (marks: RegExp) => text.match(marks)?.length ?? 0
  const heard = text.length - count(/[[\]“”]/gu)
  return character * heard + digit * count(/\d/g) + end * count(/[.?!]/g) + stop * count(/[,:;]/g)
}
