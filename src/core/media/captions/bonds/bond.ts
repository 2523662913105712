/**
 * The cost of a break between two adjacent words, from 0 (a sentence ends there) to `fixed` (never break). Line breaks and
 * ends of captions cost the same.
 */
export const BOND = {
  /** A sentence ends. */
  none: 0,
  /** A comma, or something equivalent. */
  phrase: 0.25,
  clause: 0.5,
  /** Neutral. */
  free: 1,
  weak: 2.5,
  close: 6,
  tight: 16,
  firm: 24,
  fixed: 40,
} as const

/** A word with its neighbours, as the rules of a language see it. */
export interface Word {
  /** As written, including punctuation. */
  raw: string
  /** Without surrounding punctuation. */
  core: string
  lower: string
  before: Word | null
  after: Word | null
  /** True if a sentence or quote begins with it. */
  isFirst: boolean
  /** True if the whole text is a headline, with many more capitals than names. */
  isHeadline: boolean
}
