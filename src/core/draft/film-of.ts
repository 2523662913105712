import type { Draft } from '../../db/entities/draft.ts'
import { hashOf } from '../media/store/hash.ts'
import { isComplete } from './completeness.ts'
import type { EditableSegment, RenderableSegment } from './load.ts'
import { keptOf } from './revisions.ts'
import { storyboardOf } from './storyboard.ts'

/**
 * An identifier of a draft's current film: the same as long as a render would get the same texts, recordings, footage,
 * order and look. Null while a voice or footage is missing, because nobody can have seen or heard what is still being made.
 * @param segments all segments, in order.
 */
export function filmOf(draft: Draft, segments: readonly RenderableSegment[]): string | null {
  if (segments.length === 0 || !segments.every(isComplete)) return null
  const { music, ...board } = storyboardOf(draft, segments)
  return hashOf({ ...board, music: music.enabled && music })
}

/**
 * The parts of a film that people can change, to determine whether a step in the history changes it. Missing assets are
 * included.
 */
export function shapeOf(draft: Draft, segments: readonly EditableSegment[]): string {
  const { title, description, tags, isOutline, notice, uploadAfter, ...look } = keptOf(draft)
  const shown = segments.map(
    ({ id, text, keyword, duration, voiceTake, ttsLocalPath, videoProvider, videoId, videoLocalPath }) => [
      ...[id, text, keyword, duration, voiceTake, ttsLocalPath, videoProvider, videoId, videoLocalPath],
    ],
  )
  return JSON.stringify([draft.format, look, shown])
}

/**
 * The first digits of a film's identifier as a number that fits into an action id, so that people approve what they were
 * shown.
 */
export function filmNumber(film: string | null): number {
  return film === null ? 0 : Number.parseInt(film.slice(0, 12), 16)
}
