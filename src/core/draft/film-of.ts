import type { Draft } from '../../db/entities/draft.ts'
import { hashOf } from '../media/store/hash.ts'
import { isComplete } from './completeness.ts'
import type { EditableSegment, RenderableSegment } from './load.ts'
import { keptOf } from './revisions.ts'
import { storyboardOf } from './storyboard.ts'

/**
 * A name for the film that a draft is at this moment: the same as long as a render would be given the same texts, recordings,
 * footage, order and look. Null while a voice or footage is missing: what is still being made nobody has seen or heard.
 * @param segments all of them, in order.
 */
export function filmOf(draft: Draft, segments: readonly RenderableSegment[]): string | null {
  if (segments.length === 0 || !segments.every(isComplete)) return null
  const { music, ...board } = storyboardOf(draft, segments)
  return hashOf({ ...board, music: music.enabled && music })
}

/** What people can change of a film, to tell whether a step of the history changes it. Assets that are missing are part of it. */
export function shapeOf(draft: Draft, segments: readonly EditableSegment[]): string {
  const { title, description, tags, isOutline, notice, uploadAfter, ...look } = keptOf(draft)
  const shown = segments.map(
    ({ id, text, keyword, duration, voiceTake, ttsLocalPath, videoProvider, videoId, videoLocalPath }) => [
      ...[id, text, keyword, duration, voiceTake, ttsLocalPath, videoProvider, videoId, videoLocalPath],
    ],
  )
  return JSON.stringify([draft.format, look, shown])
}

/** The first digits of a film's name as a number that an action id can carry: with it people approve what they were shown. */
export function filmNumber(film: string | null): number {
  return film === null ? 0 : Number.parseInt(film.slice(0, 12), 16)
}
