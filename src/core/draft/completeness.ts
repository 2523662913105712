import type { Segment } from '../../db/entities/segment.ts'

/** True if a segment has a voice and footage for its current text. */
export function isComplete(segment: Pick<Segment, 'ttsLocalPath' | 'videoLocalPath'>): boolean {
  return segment.ttsLocalPath !== null && segment.videoLocalPath !== null
}
