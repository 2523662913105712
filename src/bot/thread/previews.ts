import type { Core } from '../../core/core.ts'
import { isComplete } from '../../core/draft/completeness.ts'
import { renderSegmentOf } from '../../core/draft/storyboard.ts'
import { previewPath } from '../../core/render/preview.ts'
import { thumbnailPath } from '../../core/render/thumbnail.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { shorten } from '../view/shorten.ts'
import type { Previews, Shown } from '../view/shown.ts'
import type { FileRef } from '../view/types.ts'

/** What stands for each segment now: its real clip where one is ready and can be played there, else a still of its footage. */
export async function loadPreviews(
  core: Core,
  { draft, segments }: Shown,
  playsInline: boolean,
): Promise<Previews> {
  const previews = new Map<number, FileRef>()
  if (!draft) return previews
  for (const segment of segments) {
    const file = await previewOf(core, draft, segment, playsInline)
    if (file) previews.set(segment.id, file)
  }
  return previews
}

async function previewOf(
  core: Core,
  draft: NonNullable<Shown['draft']>,
  segment: Segment,
  playsInline: boolean,
): Promise<FileRef | null> {
  const name = `segment-${segment.segmentIndex + 1}`
  const alt = shorten(segment.text, 200)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  if (playsInline && isComplete(segment)) {
    const style = { format: draft.format, template: draft.template, seed: draft.draftId }
    const path = await previewPath(tools, renderSegmentOf(core, segment), style)
    if (await core.store.has(path)) return { path, name: `${name}.mp4`, kind: 'video', alt }
  }
  if (segment.videoLocalPath === null) return null
  const still = await thumbnailPath(tools, core.store.absolute(segment.videoLocalPath))
  return (await core.store.has(still)) ? { path: still, name: `${name}.jpg`, kind: 'image', alt } : null
}
