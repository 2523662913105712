import type { Draft } from '../../db/entities/draft.ts'
import { renderPreview } from '../media/clip/preview.ts'
import type { RunOptions } from '../media/ffmpeg/run-ffmpeg.ts'
import { UserError } from '../model/errors.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import type { RenderableSegment } from './load.ts'
import { clipStyleOf, type Edges, renderSegmentOf } from './storyboard.ts'

/**
 * A segment's clip with its voice, small enough for a chat, as a path in the store.
 * @throws UserError `assets_missing` while it lacks a voice or footage.
 */
export async function makePreview(
  core: Core,
  draft: Draft,
  segment: RenderableSegment,
  edges: Edges | null,
  options: RunOptions,
): Promise<string> {
  if (!isComplete(segment))
    throw new UserError('assets_missing', { segments: String(segment.segmentIndex + 1) })
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  return renderPreview(tools, renderSegmentOf(draft, segment, edges), clipStyleOf(draft), options)
}
