import type { Core } from '../../core/core.ts'
import { isComplete } from '../../core/draft/completeness.ts'
import { clipStyleOf, renderSegmentOf } from '../../core/draft/storyboard.ts'
import { previewPath } from '../../core/render/preview.ts'
import { thumbnailPath } from '../../core/render/thumbnail.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { shorten } from '../view/shorten.ts'
import type { Previews, Shown } from '../view/shown.ts'
import type { FileRef } from '../view/types.ts'

/**
 * What stands for each segment now: its real clip where one is ready and can be played there, else a still of its footage.
 * What its message carries already need not be in the store any more: both are caches that are cleaned.
 */
export async function loadPreviews(
  core: Core,
  { draft, segments }: Shown,
  playsInline: boolean,
  carriedBy: (segment: Segment) => Record<string, string>,
): Promise<Previews> {
  const previews = new Map<number, FileRef>()
  if (!draft) return previews
  for (const segment of segments) {
    const carried = carriedBy(segment)
    const isThere = async (path: string) => Object.hasOwn(carried, path) || core.store.has(path)
    const file = await previewOf(core, draft, segment, playsInline, isThere)
    if (file) previews.set(segment.id, file)
  }
  return previews
}

async function previewOf(
  core: Core,
  draft: NonNullable<Shown['draft']>,
  segment: Segment,
  playsInline: boolean,
  isThere: (path: string) => Promise<boolean>,
): Promise<FileRef | null> {
  const name = `segment-${segment.segmentIndex + 1}`
  const alt = shorten(segment.text, 200)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  if (playsInline && isComplete(segment)) {
    const path = await previewPath(tools, renderSegmentOf(core, segment), clipStyleOf(draft))
    if (await isThere(path)) return { path, name: `${name}.mp4`, kind: 'video', alt }
  }
  if (segment.videoLocalPath === null) return null
  const still = await thumbnailPath(tools, core.store.absolute(segment.videoLocalPath))
  return (await isThere(still)) ? { path: still, name: `${name}.jpg`, kind: 'image', alt } : null
}
