import type { Format } from '../../model/formats.ts'

/** Frames of a film in so many seconds, both whole: 30 in 1, or 30000 in 1001. */
export interface FrameRate {
  frames: number
  seconds: number
}

/** Something that a timeline plays from its beginning. */
export interface TimelineItem {
  /** As an editor shows it. */
  name: string
  /** Within the bundle, with `/`. */
  file: string
  /** Where it begins in the film, and how long it is played. */
  start: number
  frames: number
  /** Frames of its file. */
  available: number
}

/** A film as editing programs understand it. All times are whole frames. */
export interface Timeline {
  title: string
  format: Format
  rate: FrameRate
  frames: number
  /** One after the other, without gaps. */
  clips: readonly TimelineItem[]
  /** In order, with silence between them. */
  voices: readonly TimelineItem[]
  music: TimelineItem | null
}

/** Channels of the voices, and of the music. */
export const CHANNELS = { voice: 1, music: 2 } as const
