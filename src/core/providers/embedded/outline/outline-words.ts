import type { SpokenWeights } from './spoken-length.ts'

export type Tone = 'plain' | 'funny' | 'serious'

/**
 * A sentence of an outline. `{topic}` and `{part}` are slots; in Korean `{topic:은/는}` is the topic with the
 * particle that fits it.
 */
export interface OutlineLine {
  text: string
  /** Shown big; empty: the topic itself. */
  keyword: string
  /** English things that a camera can see; the topic's words are put before them. */
  visuals: string
}

/** One point about a topic. */
export interface OutlineChapter {
  /** As it stands inside a sentence: “the cost”. Always singular. */
  part: string
  keyword: string
  visuals: string
  /** The first one opens the point. */
  lines: string[]
}

/** All that an outline is written with, in one language. */
export interface OutlineWords {
  hooks: Record<Tone, OutlineLine[]>
  /** What it is and why it matters. */
  reasons: OutlineLine[]
  chapters: OutlineChapter[]
  /** Said of any part when a long video needs more. */
  fillers: string[]
  takeaways: OutlineLine[]
  calls: OutlineLine[]
  /** Fitted to films that the embedded voice spoke: an error of 5 % a segment, much of which evens out in a film. */
  spoken: SpokenWeights
  /** For topics too long to be spoken in every sentence. */
  thisTopic: string
  titles: string[]
  tags: string[]
  topics: string[]
}
