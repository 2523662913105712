import type { Core } from '../../core/draft/core.ts'
import { usingFiles } from '../../core/draft/draft-files.ts'
import { previewName } from '../../core/draft/ready-files.ts'
import { makeStill } from '../../core/draft/still.ts'
import { type Edges, edgesOf, isRenderable, renderSegmentOf } from '../../core/draft/storyboard.ts'
import { thumbnailPath } from '../../core/media/clip/thumbnail.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { shorten } from '../view/shorten.ts'
import type { Previews } from '../view/shown.ts'
import type { FileRef } from '../view/types.ts'
import type { LoadedDraft } from './load-shown.ts'
import { copyPath, copyWithin } from './smaller.ts'

export interface PreviewOptions {
  /** Whether messages can hold a playable clip and should. */
  playsInline: boolean
  /** True if a still is all that is ever shown, so that one removed by cleanup is made again. */
  needsStills: boolean
  /** Maximum size in bytes of a file sent there. */
  limit: number
  /** Aborted when the program stops. */
  signal: AbortSignal
  carriedBy: (segment: Segment) => Record<string, string>
}

/**
 * The file that each segment shows now: its clip if it is ready and can be played there, as a smaller copy if it is too
 * large to send; otherwise a still of its footage. A file that the message already has may be missing from the store: clips
 * and stills are caches that get cleaned up.
 */
export async function loadPreviews(
  core: Core,
  { draft, segments }: LoadedDraft,
  { carriedBy, ...options }: PreviewOptions,
): Promise<Previews> {
  const previews = new Map<number, FileRef>()
  if (!draft) return previews
  const edges = edgesOf(segments)
  for (const segment of segments) {
    const carried = carriedBy(segment)
    const isCarried = (path: string) => Object.hasOwn(carried, path)
    const file = await previewOf(core, draft, segment, edges, { ...options, isCarried })
    if (file) previews.set(segment.id, file)
  }
  return previews
}

/** Whether the segment's message already has the file. */
type IsCarried = (path: string) => boolean

async function previewOf(
  core: Core,
  draft: NonNullable<LoadedDraft['draft']>,
  segment: Segment,
  edges: Edges | null,
  {
    playsInline,
    needsStills,
    limit,
    signal,
    isCarried,
  }: Omit<PreviewOptions, 'carriedBy'> & { isCarried: IsCarried },
): Promise<FileRef | null> {
  const name = `segment-${segment.segmentIndex + 1}`
  const alt = shorten(segment.text, 200)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  if (playsInline && isRenderable(segment, edges)) {
    const clip = await previewName(core, draft, renderSegmentOf(draft, segment, edges))
    const path =
      clip &&
      (await usingFiles(core, draft.draftId, () => sendableClip(core, clip, { limit, signal, isCarried })))
    if (path !== null) return { path, name: `${name}.mp4`, kind: 'video', alt }
  }
  if (segment.videoLocalPath === null) return null
  const still = await thumbnailPath(tools, segment.videoLocalPath)
  const isThere = isCarried(still) || (await core.store.has(still))
  return isThere || (needsStills && (await isStillMade(core, segment, signal)))
    ? { path: still, name: `${name}.jpg`, kind: 'image', alt }
    : null
}

/** False if the footage cannot be read; the thread is then shown without it. */
async function isStillMade(
  core: Core,
  { draftId, videoLocalPath }: Segment,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await usingFiles(core, draftId, () => makeStill(core, videoLocalPath, signal))
    return true
  } catch (err) {
    if (signal.aborted) throw err
    core.log.warn({ draft: draftId, err }, 'a still could not be made')
    return false
  }
}

/** The clip itself or a copy that fits; null if it isn't made yet, or if no copy can be that small. */
async function sendableClip(
  core: Core,
  clip: string,
  { limit, signal, isCarried }: Pick<PreviewOptions, 'limit' | 'signal'> & { isCarried: IsCarried },
): Promise<string | null> {
  // A file that the message already has was not too large, whatever the limit is now.
  if (isCarried(clip)) return clip
  const copy = copyPath(clip, limit)
  if (isCarried(copy) || (await core.store.has(copy))) return copy
  const size = await core.store.size(clip)
  if (size === null) return null
  if (size <= limit) return clip
  try {
    return await copyWithin(core, clip, limit, { signal, urgency: 'asked' })
  } catch (err) {
    if (signal.aborted) throw err
    // The still is shown instead, so that the thread can say what is wrong, such as a full disk.
    core.log.warn({ err }, 'a clip could not be made small enough to send')
    return null
  }
}
