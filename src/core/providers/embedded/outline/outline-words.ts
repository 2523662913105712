import type { SpokenWeights } from './spoken-length.ts'

export type Tone = 'plain' | 'funny' | 'serious'

/**
 * A sentence of an outline. `{topic}` and `{part}` are placeholders; in Korean, `{topic:은/는}` is the topic with the
 * matching particle.
 */
export interface OutlineLine {
  text: string
  /** Shown large; if empty, the topic itself. */
  keyword: string
  /** English words for things a camera can see; the topic's words are put before them. */
  visuals: string
}

/** One point about a topic. */
export interface OutlineChapter {
  /** Its form inside a sentence: “the cost”. Always singular. */
  part: string
  keyword: string
  visuals: string
  /** The first one opens the point. */
  lines: string[]
}

/** Everything an outline is written with, in one language. */
export interface OutlineWords {
  hooks: Record<Tone, OutlineLine[]>
  /** What it is and why it matters. */
  reasons: OutlineLine[]
  chapters: OutlineChapter[]
  /** Fit any part when a long video needs more. */
  fillers: string[]
  takeaways: OutlineLine[]
  calls: OutlineLine[]
  /**
   * Fitted to films spoken by the embedded voice: an error of 5 % per segment, much of which averages out over a film.
   */
  spoken: SpokenWeights
  /** Used for topics too long to be spoken in every sentence. */
  thisTopic: string
  titles: string[]
  tags: string[]
  topics: string[]
}
