import type { Segment } from '../../db/entities/segment.ts'
import { FPS, framesOf } from '../model/formats.ts'
import type { Core } from './core.ts'

/** The first voice provider's stated pace in characters per second, including spaces. */
export function speakingPace(core: Core, language: string, speed: number): number {
  return (core.providers.voice[0]?.pace(language) ?? 14) * speed
}

/**
 * The seconds of a segment in the video, a whole number of frames: the length of its voice, or the length set by a person
 * if that is longer. Null if it has neither.
 */
export function segmentDuration(segment: Pick<Segment, 'duration' | 'ttsDuration'>): number | null {
  const longest = Math.max(segment.duration ?? 0, segment.ttsDuration ?? 0)
  return longest === 0 ? null : framesOf(longest) / FPS
}
