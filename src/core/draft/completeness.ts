import type { Segment } from '../../db/entities/segment.ts'

/** True when a segment has a voice and footage that belong to its present words. */
export function isComplete(segment: Pick<Segment, 'ttsLocalPath' | 'videoLocalPath'>): boolean {
  return segment.ttsLocalPath !== null && segment.videoLocalPath !== null
}
