/**
 * What a draft may hold. A narration fits Slack's text input (3000 characters), a description fits both
 * forms; the others are columns of the database.
 */
export const LIMITS = {
  topic: 200,
  title: 100,
  description: 2000,
  tags: 15,
  tag: 30,
  style: 200,
  /** Characters of one segment's text. */
  narration: 2000,
  keyword: 200,
  searchQuery: 500,
  /** Characters of a whole script that a user brings. */
  script: 20_000,
  segments: 100,
  /** Characters of the list of a draft's segments, which fits Slack's text input however many there are, and of one line. */
  arrangement: { text: 3000, line: 80 },
  /** Seconds that somebody may set for a segment. */
  segmentDuration: { min: 1, max: 120 },
  /** Seconds a draft may aim at. */
  targetDuration: { min: 5, max: 600 },
  /** Percent of full scale, before ducking. */
  musicVolume: { min: 0, max: 100 },
  /** What a workspace wants said in its own way: how many, characters of each, and of the form, which fits Slack's text input. */
  pronunciations: { entries: 50, written: 60, spoken: 120, text: 3000 },
  /** Characters of a note or an instruction, and how many notes a segment and a draft may have. */
  note: { text: 500, ofSegment: 50, ofDraft: 1000 },
  /** The brand of a workspace: characters of its call to action, and bytes of the picture that its logo is made from. */
  preset: { callToAction: 60, logoBytes: 10_000_000 },
  /** Approvals that a render can need. */
  approvals: { min: 0, max: 5 },
  /** Times the normal speaking rate. */
  voiceSpeed: { min: 0.5, max: 2 },
} as const
