import type { Draft } from '../../db/entities/draft.ts'
import type { ClipStyle } from '../media/clip/clip.ts'
import { PLAIN_COLOURS, type RenderSegment, type Storyboard } from '../media/types.ts'
import { END_CARD, ENDING } from '../model/formats.ts'
import { cardColours, isPlain, overlayOf } from '../providers/embedded/drawn/drawn-over.ts'
import { cutPlaces } from '../providers/script/cut-places.ts'
import { isComplete } from './completeness.ts'
import { segmentDuration } from './duration.ts'
import type { RenderableSegment } from './load.ts'

/** A film's first and last segments, whose pictures depend on each other. */
export interface Edges {
  first: Pick<RenderableSegment, 'id' | 'videoLocalPath' | 'videoKind' | 'videoProvider' | 'videoId'>
  last: Pick<RenderableSegment, 'id'>
}

/** @param segments all of a draft's segments, in order. @returns null if there are none. */
export function edgesOf(segments: readonly RenderableSegment[]): Edges | null {
  const [first, last] = [segments[0], segments.at(-1)]
  return first && last ? { first, last } : null
}

/** Whether a segment's clip can already be rendered as it will be in the film: the last one shows the film's beginning again. */
export function isRenderable(segment: RenderableSegment, edges: Edges | null): boolean {
  return isComplete(segment) && (segment.id !== edges?.last.id || edges.first.videoLocalPath !== null)
}

/** Whether a film ends with its workspace's end card. */
function hasEndCard({ brand, endCard }: Pick<Draft, 'brand' | 'endCard'>): boolean {
  return endCard && brand !== null
}

/** Seconds that a film continues after its last segment. */
export function endingOf(draft: Pick<Draft, 'brand' | 'endCard'>): number {
  return hasEndCard(draft) ? END_CARD : ENDING
}

/** The renderer's input from a draft whose segments are all complete. */
export function storyboardOf(draft: Draft, segments: readonly RenderableSegment[]): Storyboard {
  const edges = edgesOf(segments)
  return {
    ...clipStyleOf(draft),
    segments: segments.map((segment) => renderSegmentOf(draft, segment, edges)),
    music: { enabled: draft.musicEnabled, mood: draft.musicMood, volume: draft.musicVolume },
  }
}

/** The style shared by all of a draft's clips. */
export function clipStyleOf({ draftId, format, template, language }: Draft): ClipStyle {
  return { seed: draftId, format, template, language }
}

/** @throws Error if the segment lacks a voice or footage, which callers must have checked. */
export function renderSegmentOf(
  draft: Draft,
  segment: RenderableSegment,
  edges: Edges | null,
): RenderSegment {
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
    duration: segment.id === edges?.last.id ? duration + endingOf(draft) : duration,
    breaks: () => cutPlaces(segment.text, draft.language),
    isOpening: segment.id === edges?.first.id,
    ...(segment.id === edges?.last.id && lastPicture(draft, segment, edges)),
    ...overDrawing(draft, segment),
  }
}

/** What follows the last word. */
function lastPicture(draft: Draft, segment: RenderableSegment, { first }: Edges): Partial<RenderSegment> {
  const { brand, draftId } = draft
  if (brand === null || !hasEndCard(draft)) return { ending: beginningOf(first) }
  const colours = segment.videoProvider === 'drawn' ? cardColours(draftId) : PLAIN_COLOURS
  return { endCard: { logoFile: brand.logo, callToAction: brand.callToAction, colours } }
}

function beginningOf({ videoLocalPath, videoKind, ...first }: Edges['first']): RenderSegment['ending'] {
  if (videoLocalPath === null || videoKind === null) return undefined
  return { footageFile: videoLocalPath, footageKind: videoKind, keepsWhole: isPaintedOver(first) }
}

/** Artwork from the first versions has its words painted in. */
function isPaintedOver({
  videoProvider,
  videoId,
}: Pick<RenderableSegment, 'videoProvider' | 'videoId'>): boolean {
  return videoProvider === 'drawn' && videoId !== null && !isPlain(videoId)
}

/** Artwork has its words and lights overlaid. */
function overDrawing(
  { draftId, format }: Draft,
  segment: RenderableSegment,
): Pick<RenderSegment, 'overlay' | 'keepsWhole'> {
  const { videoProvider, videoId, keyword } = segment
  if (isPaintedOver(segment)) return { keepsWhole: true }
  if (videoProvider !== 'drawn' || videoId === null) return {}
  return { overlay: overlayOf(draftId, format, videoId, keyword) }
}
