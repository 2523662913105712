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
  /** Seconds that somebody may set for a segment. */
  segmentDuration: { min: 1, max: 120 },
  /** Seconds a draft may aim at. */
  targetDuration: { min: 5, max: 600 },
  /** Percent of full scale, before ducking. */
  musicVolume: { min: 0, max: 100 },
  /** What a workspace wants said in its own way: how many, characters of each, and of the form, which fits Slack's text input. */
  pronunciations: { entries: 50, written: 60, spoken: 120, text: 3000 },
  /** Approvals that a render can need. */
  approvals: { min: 0, max: 5 },
  /** Times the normal speaking rate. */
  voiceSpeed: { min: 0.5, max: 2 },
} as const
