/**
 * How much it hurts to break between two neighbouring words: from 0 (a sentence ends there) to FIXED (nobody would).
 * Line breaks and the ends of captions cost the same.
 */
export const BOND = {
  /** A sentence ends. */
  none: 0,
  /** A comma, or what is as good. */
  phrase: 0.25,
  clause: 0.5,
  /** Nothing speaks for it or against it. */
  free: 1,
  weak: 2.5,
  close: 6,
  tight: 16,
  firm: 24,
  fixed: 40,
} as const

/** A word with its neighbours, as the rules of a language see it. */
export interface Word {
  /** As it is written, marks included. */
  raw: string
  /** Without the marks around it. */
  core: string
  lower: string
  before: Word | null
  after: Word | null
  /** A sentence or a quote begins with it. */
  isFirst: boolean
  /** Of the whole text: many more capitals than names. */
  isHeadline: boolean
}
