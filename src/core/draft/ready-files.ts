import type { Draft } from '../../db/entities/draft.ts'
import { previewPath } from '../media/clip/preview.ts'
import { thumbnailPath } from '../media/clip/thumbnail.ts'
import { clipsMissing, watchablePath } from '../media/film/watchable.ts'
import type { RenderSegment } from '../media/types.ts'
import { isNodeError } from '../model/failure.ts'
import { soundMade } from './clip-jobs.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import type { RenderableSegment } from './load.ts'
import { pickMusic } from './pick-music.ts'
import { clipStyleOf, edgesOf, isRenderable, renderSegmentOf, storyboardOf } from './storyboard.ts'

/** The existing files of the current draft, as names in the store; those not made yet are missing. */
export interface ReadyFiles {
  /** Each segment's clip with its own voice. */
  clips: ReadonlyMap<number, string>
  /** A still of each segment's footage. */
  stills: ReadonlyMap<number, string>
  /** The mix of the whole draft. */
  sound: string | null
}

/** @param segments all segments, in order. */
export async function readyFiles(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
): Promise<ReadyFiles> {
  const [clips, stills, sound] = await Promise.all([
    madeOf(segments, (segment) => readyClip(core, draft, segments, segment)),
    madeOf(segments, (segment) => readyStill(core, segment)),
    readySound(core, draft, segments),
  ])
  return { clips, stills, sound }
}

/** Null until it is made. */
export async function readyClip(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
  segment: RenderableSegment,
): Promise<string | null> {
  const edges = edgesOf(segments)
  if (!isRenderable(segment, edges)) return null
  const wanted = renderSegmentOf(draft, segment, edges)
  return ifThere(core, await previewName(core, draft, wanted))
}

/**
 * The path that a segment's preview has or will have; null if it can't be determined, because its voice was deleted from the
 * disk, which the render will report, or is damaged.
 */
export async function previewName(core: Core, draft: Draft, segment: RenderSegment): Promise<string | null> {
  try {
    return await previewPath(core, segment, clipStyleOf(draft))
  } catch (err) {
    if (!isNodeError(err) || err.code !== 'ENOENT')
      core.log.warn(
        { draft: draft.draftId, err },
        'the name of a preview could not be found, so it is not shown',
      )
    return null
  }
}

export async function readyStill(
  core: Core,
  { videoLocalPath }: Pick<RenderableSegment, 'videoLocalPath'>,
): Promise<string | null> {
  return ifThere(core, videoLocalPath === null ? null : await thumbnailPath(core, videoLocalPath))
}

export async function readySound(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
): Promise<string | null> {
  if (segments.length === 0 || !segments.every(isComplete)) return null
  return ifThere(core, await soundMade(core, draft, segments))
}

/** The whole current film, if a person has requested it. */
export async function readyFilm(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
  signal: AbortSignal,
): Promise<string | null> {
  if (segments.length === 0 || !segments.every(isComplete)) return null
  const board = storyboardOf(draft, segments)
  if ((await clipsMissing(core, board)).length > 0) return null
  const { track } = await pickMusic(core, board, signal)
  return ifThere(core, await watchablePath(core, board, track))
}

async function ifThere({ store }: Core, name: string | null): Promise<string | null> {
  return name !== null && (await store.has(name)) ? name : null
}

async function madeOf(
  segments: readonly RenderableSegment[],
  find: (segment: RenderableSegment) => Promise<string | null>,
): Promise<Map<number, string>> {
  const found = await Promise.all(segments.map(async (segment) => [segment.id, await find(segment)] as const))
  return new Map(found.flatMap(([id, name]) => (name === null ? [] : [[id, name]])))
}
