import type { Draft } from '../../db/entities/draft.ts'
import { newestJob } from '../../db/queries/jobs.ts'
import { clipPath } from '../media/clip/clip.ts'
import { previewPath } from '../media/clip/preview.ts'
import { hashOf } from '../media/store/hash.ts'
import type { Actor } from '../model/people.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import type { RenderableSegment } from './load.ts'
import { type AskedJob, readPayload } from './payloads.ts'
import {
  clipStyleOf,
  type Edges,
  edgesOf,
  isRenderable,
  renderSegmentOf,
  storyboardOf,
} from './storyboard.ts'

/** The order of a draft's waiting jobs: the clips of segments being edited, then the others, then the sound. */
const PRIORITY = { edited: 0, untouched: -1, sound: -2 }

/** Something that a render of the draft will need and that can already be made. */
export interface Ahead {
  job: AskedJob
  /** Null for the sound. */
  segmentId: number | null
  /** True if it is in the store. */
  isReady: boolean
}

/**
 * The clips of a draft's complete segments and, once all are complete, its sound. Existing files count as used now.
 * @param only the segments whose clips are requested; by default all.
 */
export async function whatCanBeAhead(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
  only?: readonly number[],
): Promise<Ahead[]> {
  const edges = edgesOf(segments)
  const wanted = segments
    .filter(({ id }) => only === undefined || only.includes(id))
    .filter((segment) => isRenderable(segment, edges))
  const clips = await Promise.all(wanted.map((segment) => clipAhead(core, draft, segment, edges)))
  const isSoundDue = segments.length > 0 && segments.every(isComplete)
  return isSoundDue ? [...clips, await soundAhead(core, draft, segments)] : clips
}

async function clipAhead(
  core: Core,
  draft: Draft,
  segment: RenderableSegment,
  edges: Edges | null,
): Promise<Ahead> {
  const style = clipStyleOf(draft)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  const wanted = renderSegmentOf(draft, segment, edges)
  const preview = await previewPath(tools, wanted, style)
  // One is for the render, the other for people; either may have been evicted from its cache.
  const files = [await clipPath(tools, wanted, style), preview]
  const present = await Promise.all(files.map((file) => core.store.touch(file)))
  const job: AskedJob = {
    kind: 'clip',
    // The path is the hash of all inputs of the clip, so the same clip is requested once.
    key: `clip:${segment.id}:${preview}`,
    draftId: draft.draftId,
    workspace: draft.workspace,
    requester: editorOf(segment) ?? authorOf(draft),
    payload: { segmentId: segment.id },
    priority: segment.editedById === null ? PRIORITY.untouched : PRIORITY.edited,
  }
  return { job, segmentId: segment.id, isReady: !present.includes(false) }
}

async function soundAhead(core: Core, draft: Draft, segments: readonly RenderableSegment[]): Promise<Ahead> {
  const job: AskedJob = {
    kind: 'sound',
    key: soundKey(draft, segments),
    draftId: draft.draftId,
    workspace: draft.workspace,
    requester: authorOf(draft),
    payload: {},
    priority: PRIORITY.sound,
  }
  const file = await soundMade(core, draft, segments)
  return { job, segmentId: null, isReady: file !== null && (await core.store.touch(file)) }
}

/** The current draft's sound, by its name in the store, from which it may be gone; null if it hasn't been made. */
export async function soundMade(
  core: Pick<Core, 'db'>,
  draft: Draft,
  segments: readonly RenderableSegment[],
): Promise<string | null> {
  // Its name depends on the track, which takes a while to choose, so the job that made it says where it is.
  const key = soundKey(draft, segments)
  const made = await newestJob(core.db.fork(), { kind: 'sound', key, state: 'done' })
  return readPayload('sound', made)?.sound ?? null
}

function soundKey(draft: Draft, segments: readonly RenderableSegment[]): string {
  const board = storyboardOf(draft, segments)
  const heard = board.segments.map(({ voiceFile, duration }) => [voiceFile, duration])
  return `sound:${draft.draftId}:${hashOf([heard, board.music])}`
}

/** The person it counts for: the last editor, otherwise the author. */
function editorOf({ editedById: id, editedByName: name }: RenderableSegment): Actor | null {
  return id === null ? null : { id, name: name ?? '' }
}

function authorOf({ authorId: id, authorName: name }: Draft): Actor {
  return { id, name }
}
