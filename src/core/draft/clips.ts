import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { JobEntity } from '../../db/entities/job.ts'
import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { hasSpace } from '../assets/space.ts'
import { hashOf } from '../assets/store.ts'
import type { Core, NewJob } from '../core.ts'
import { previewPath } from '../render/preview.ts'
import { renderSound } from '../render/sound.ts'
import { renderThumbnail } from '../render/thumbnail.ts'
import { isComplete } from './completeness.ts'
import { loadSegments } from './load.ts'
import { pickMusic } from './pick-music.ts'
import { makePreview } from './preview.ts'
import { clipStyleOf, renderSegmentOf, storyboardOf } from './storyboard.ts'

/** Below everything that somebody waits for: the clip of a segment that people work at, then the others, then the sound. */
const PRIORITY = { edited: 0, untouched: -1, sound: -2 }

/**
 * Asks for what a render of the draft will need and what can be made already: the clips of complete segments and, once
 * all are complete, the sound. What an edit has made stale meanwhile is cancelled, waiting or at work.
 * @param only the segment that has changed, where no other can have.
 */
export async function requestClips(core: Core, draftId: string, only?: number): Promise<void> {
  if (!core.rendersAhead || !(await hasSpace(core))) return
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId })
  if (!draft || draft.status === 'converting') return
  const segments = await loadSegments(em, draftId)
  const wanted = new Set<string>()
  for (const segment of segments.filter(({ id }) => only === undefined || id === only)) {
    const clip = isComplete(segment) && (await clipJob(core, draft, segment))
    if (!clip) continue
    wanted.add(clip.job.key)
    if (!clip.isReady) await core.jobs.enqueue(clip.job)
  }
  if (segments.every(isComplete)) {
    const sound = soundJob(core, draft, segments)
    wanted.add(sound.key)
    await core.jobs.enqueue(sound)
  }
  if (only === undefined) await cancelStale(core, em, draftId, wanted)
}

/**
 * Renders the clip of a segment, so that people see the real thing and the final render has nothing left to encode. A
 * segment that is gone or has lost an asset since is passed over.
 */
export async function runClip(core: Core, segmentId: number, signal: AbortSignal): Promise<void> {
  const em = core.db.fork()
  const segment = await em.findOne(SegmentEntity, { id: segmentId })
  const draft = segment && (await em.findOne(DraftEntity, { draftId: segment.draftId }))
  // While it renders, the render itself makes what is missing.
  if (!draft || !segment || !isComplete(segment) || draft.status === 'converting') return
  await core.store.holding(() => makePreview(core, draft, segment, { signal, urgency: 'background' }))
  core.events.changed(draft.draftId)
}

/** Mixes the sound of a draft as it is now, so that the final render finds it ready. */
export async function runSound(core: Core, draftId: string, signal: AbortSignal): Promise<void> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId })
  const segments = await loadSegments(em, draftId)
  if (!draft || !segments.every(isComplete)) return
  const board = storyboardOf(core, draft, segments)
  await core.store.holding(async () => {
    const track = board.music.enabled ? await pickMusic(core, board, signal) : null
    const tools = { ffmpeg: core.ffmpeg, store: core.store }
    await renderSound(tools, board, track, { signal, urgency: 'background' })
  })
}

/** A still of fresh footage: what the segment's message shows until its clip is there. */
export async function makeStill(core: Core, footage: string | null, signal: AbortSignal): Promise<void> {
  if (footage === null) return
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  await renderThumbnail(tools, core.store.absolute(footage), { signal })
}

async function clipJob(
  core: Core,
  draft: Draft,
  segment: Segment,
): Promise<{ job: NewJob; isReady: boolean }> {
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  const clip = await previewPath(tools, renderSegmentOf(core, segment), clipStyleOf(draft))
  const job: NewJob = {
    kind: 'clip',
    // The path is the hash of all that shapes the clip: the same clip is asked for once.
    key: `clip:${segment.id}:${clip}`,
    draftId: draft.draftId,
    workspace: draft.workspace,
    requester: null,
    payload: { segmentId: segment.id },
    priority: segment.editedById === null ? PRIORITY.untouched : PRIORITY.edited,
  }
  return { job, isReady: await core.store.has(clip) }
}

function soundJob(core: Core, draft: Draft, segments: Segment[]): NewJob {
  const board = storyboardOf(core, draft, segments)
  const heard = board.segments.map(({ voiceFile, duration }) => [voiceFile, duration])
  return {
    kind: 'sound',
    key: `sound:${draft.draftId}:${hashOf([heard, board.music])}`,
    draftId: draft.draftId,
    workspace: draft.workspace,
    requester: null,
    priority: PRIORITY.sound,
  }
}

async function cancelStale(
  core: Core,
  em: EntityManager,
  draftId: string,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const active = await em.find(
    JobEntity,
    { draftId, kind: { $in: ['clip', 'sound'] }, state: { $in: ['queued', 'running'] } },
    { fields: ['jobId', 'key'] },
  )
  const stale = active.filter(({ key }) => !wanted.has(key))
  await Promise.all(stale.map(({ jobId }) => core.jobs.cancel(jobId)))
}
