import type { Draft } from '../../db/entities/draft.ts'
import type { ClipStyle } from '../media/clip/clip.ts'
import type { RenderSegment, Storyboard } from '../media/types.ts'
import { isPlain, overlayOf } from '../providers/embedded/drawn/drawn-over.ts'
import { cutPlaces } from '../providers/script/cut-places.ts'
import { segmentDuration } from './duration.ts'
import type { RenderableSegment } from './load.ts'

/** What the renderer needs of a draft whose segments are all complete. */
export function storyboardOf(draft: Draft, segments: readonly RenderableSegment[]): Storyboard {
  return {
    ...clipStyleOf(draft),
    segments: segments.map((segment) => renderSegmentOf(draft, segment)),
    music: { enabled: draft.musicEnabled, mood: draft.musicMood, volume: draft.musicVolume },
  }
}

/** What all clips of a draft have in common. */
export function clipStyleOf({ draftId, format, template, language }: Draft): ClipStyle {
  return { seed: draftId, format, template, language }
}

/** @throws Error when the segment lacks voice or footage: callers have checked. */
export function renderSegmentOf(draft: Draft, segment: RenderableSegment): RenderSegment {
  const duration = segmentDuration(segment)
  const { ttsLocalPath, videoLocalPath, videoKind } = segment
  if (duration === null || ttsLocalPath === null || videoLocalPath === null || videoKind === null)
    throw new Error(`segment ${segment.id} lacks an asset`)
  return {
    text: segment.text,
    words: segment.words,
    voiceFile: ttsLocalPath,
    footageFile: videoLocalPath,
    footageKind: videoKind,
    duration,
    breaks: () => cutPlaces(segment.text, draft.language),
    isOpening: segment.segmentIndex === 0,
    ...overDrawing(draft, segment),
  }
}

/** Artwork has its words and lights over it; that of the first versions has its words painted in. */
function overDrawing(
  { draftId, format }: Draft,
  { videoProvider, videoId, keyword }: RenderableSegment,
): Pick<RenderSegment, 'overlay' | 'keepsWhole'> {
  if (videoProvider !== 'drawn' || videoId === null) return {}
  return isPlain(videoId) ? { overlay: overlayOf(draftId, format, videoId, keyword) } : { keepsWhole: true }
}
