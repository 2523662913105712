/**
 * Limits of a draft. A narration fits into Slack's text input (3000 characters), and a description into both platforms'
 * forms; the others are database columns.
 */
export const LIMITS = {
  topic: 200,
  title: 100,
  description: 2000,
  tags: 15,
  tag: 30,
  style: 200,
  /** Characters of a segment's text. */
  narration: 2000,
  keyword: 200,
  searchQuery: 500,
  /** Characters of a person's own script. */
  script: 20_000,
  segments: 100,
  /** Characters of the list of a draft's segments, which always fits into Slack's text input, and of one line. */
  arrangement: { text: 3000, line: 80 },
  /** Seconds that can be set for a segment. */
  segmentDuration: { min: 1, max: 120 },
  /** Seconds of a draft's target length. */
  targetDuration: { min: 5, max: 600 },
  /** Percent of full scale, before ducking. */
  musicVolume: { min: 0, max: 100 },
  /** A workspace's pronunciations: their number, characters of each, and of the form, which fits into Slack's text input. */
  pronunciations: { entries: 50, written: 60, spoken: 120, text: 3000 },
  /** Characters of a note or an instruction, and the number of notes per segment and draft. */
  note: { text: 500, ofSegment: 50, ofDraft: 1000 },
  /** A workspace's brand: characters of its call to action, and bytes of the logo's original picture. */
  preset: { callToAction: 60, logoBytes: 10_000_000 },
  /** The number of approvals that a render can require. */
  approvals: { min: 0, max: 5 },
  /** As a multiple of the normal speaking rate. */
  voiceSpeed: { min: 0.5, max: 2 },
} as const
