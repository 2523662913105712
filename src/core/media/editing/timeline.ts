import type { Format } from '../../model/formats.ts'

/** A frame rate as a ratio of integers: 30/1 or 30000/1001. */
export interface FrameRate {
  frames: number
  seconds: number
}

/** An item that a timeline plays from its beginning. */
export interface TimelineItem {
  /** The name shown in an editor. */
  name: string
  /** The path within the bundle, with `/`. */
  file: string
  /** Its start in the film, and how long it is played. */
  start: number
  frames: number
  /** Length of its file in frames. */
  available: number
}

/** A film in the terms of editing programs. All times are whole frames. */
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

/** Number of channels of the voices and of the music. */
export const CHANNELS = { voice: 1, music: 2 } as const
