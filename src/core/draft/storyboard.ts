import type { Draft } from '../../db/entities/draft.ts'
import type { ClipStyle } from '../media/clip/clip.ts'
import type { RenderSegment, Storyboard } from '../media/types.ts'
import type { Core } from './core.ts'
import { segmentDuration } from './duration.ts'
import type { RenderableSegment } from './load.ts'

/** What the renderer needs of a draft whose segments are all complete. */
export function storyboardOf(core: Core, draft: Draft, segments: readonly RenderableSegment[]): Storyboard {
  return {
    ...clipStyleOf(draft),
    segments: segments.map((segment) => renderSegmentOf(core, segment)),
    music: { enabled: draft.musicEnabled, mood: draft.musicMood, volume: draft.musicVolume },
  }
}

/** What all clips of a draft have in common. */
export function clipStyleOf({ draftId, format, template, language }: Draft): ClipStyle {
  return { seed: draftId, format, template, language }
}

/** @throws Error when the segment lacks voice or footage: callers have checked. */
export function renderSegmentOf(core: Core, segment: RenderableSegment): RenderSegment {
  const duration = segmentDuration(segment)
  const { ttsLocalPath, videoLocalPath, videoKind } = segment
  if (duration === null || ttsLocalPath === null || videoLocalPath === null || videoKind === null)
    throw new Error(`segment ${segment.id} lacks an asset`)
  return {
    text: segment.text,
    words: segment.words,
    voiceFile: core.store.absolute(ttsLocalPath),
    footageFile: core.store.absolute(videoLocalPath),
    footageKind: videoKind,
    duration,
  }
}
