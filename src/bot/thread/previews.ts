import type { Core } from '../../core/core.ts'
import { isComplete } from '../../core/draft/completeness.ts'
import { clipStyleOf, renderSegmentOf } from '../../core/draft/storyboard.ts'
import { previewPath } from '../../core/render/preview.ts'
import { thumbnailPath } from '../../core/render/thumbnail.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { shorten } from '../view/shorten.ts'
import type { Previews, Shown } from '../view/shown.ts'
import type { FileRef } from '../view/types.ts'
import { copyPath, copyWithin } from './smaller.ts'

export interface PreviewOptions {
  /** True where a message can hold a playable clip. */
  playsInline: boolean
  /** Bytes of the largest file that may be sent there. */
  limit: number
  /** Given when the program stops. */
  signal: AbortSignal
  carriedBy: (segment: Segment) => Record<string, string>
}

/**
 * What stands for each segment now: its real clip where one is ready and can be played there, in a smaller copy where it is
 * too large to be sent, else a still of its footage.
 * What its message carries already need not be in the store any more: both are caches that are cleaned.
 */
export async function loadPreviews(
  core: Core,
  { draft, segments }: Shown,
  { carriedBy, ...options }: PreviewOptions,
): Promise<Previews> {
  const previews = new Map<number, FileRef>()
  if (!draft) return previews
  for (const segment of segments) {
    const carried = carriedBy(segment)
    const isThere = async (path: string) => Object.hasOwn(carried, path) || core.store.has(path)
    const file = await previewOf(core, draft, segment, { ...options, isThere })
    if (file) previews.set(segment.id, file)
  }
  return previews
}

type IsThere = (path: string) => Promise<boolean>

async function previewOf(
  core: Core,
  draft: NonNullable<Shown['draft']>,
  segment: Segment,
  { playsInline, limit, signal, isThere }: Omit<PreviewOptions, 'carriedBy'> & { isThere: IsThere },
): Promise<FileRef | null> {
  const name = `segment-${segment.segmentIndex + 1}`
  const alt = shorten(segment.text, 200)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  if (playsInline && isComplete(segment)) {
    const clip = await previewPath(tools, renderSegmentOf(core, segment), clipStyleOf(draft))
    const path = await sendableClip(core, clip, { limit, signal, isThere })
    if (path !== null) return { path, name: `${name}.mp4`, kind: 'video', alt }
  }
  if (segment.videoLocalPath === null) return null
  const still = await thumbnailPath(tools, core.store.absolute(segment.videoLocalPath))
  return (await isThere(still)) ? { path: still, name: `${name}.jpg`, kind: 'image', alt } : null
}

/** The clip itself or a copy that fits; null while it is not made yet, or when no copy can be so small. */
async function sendableClip(
  core: Core,
  clip: string,
  { limit, signal, isThere }: Pick<PreviewOptions, 'limit' | 'signal'> & { isThere: IsThere },
): Promise<string | null> {
  const copy = copyPath(core, clip, limit)
  if (await isThere(copy)) return copy
  if (!(await isThere(clip))) return null
  // One that is not in the store any more is in the message, so it was not too large.
  const size = await core.store.size(clip)
  if (size === null || size <= limit) return clip
  return copyWithin(core, clip, limit, { signal, urgency: 'asked' })
}
