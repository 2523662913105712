import type { Segment } from '../../db/entities/segment.ts'
import { FPS, framesOf } from '../model/formats.ts'
import type { Core } from './core.ts'

/** Characters a second that the first voice provider says it speaks, spaces included. */
export function speakingPace(core: Core, language: string, speed: number): number {
  return (core.providers.voice[0]?.pace(language) ?? 14) * speed
}

/**
 * Seconds a segment takes in the video, a whole number of frames: as long as its voice, or as long as somebody
 * asked for where that is longer. Null while its voice is missing and nobody asked.
 */
export function segmentDuration(segment: Pick<Segment, 'duration' | 'ttsDuration'>): number | null {
  const longest = Math.max(segment.duration ?? 0, segment.ttsDuration ?? 0)
  return longest === 0 ? null : framesOf(longest) / FPS
}
