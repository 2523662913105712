import { DraftEntity } from '../../db/entities/draft.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { Core } from '../core.ts'
import { previewPath } from '../render/preview.ts'
import { renderThumbnail } from '../render/thumbnail.ts'
import { isComplete } from './completeness.ts'
import { loadSegments } from './load.ts'
import { makePreview } from './preview.ts'
import { renderSegmentOf } from './storyboard.ts'

/** Below everything that somebody waits for. */
const PRIORITY = -1

/** Asks for the clips that a draft's complete segments lack, to be rendered while people review. */
export async function requestClips(core: Core, draftId: string): Promise<void> {
  if (!core.rendersAhead) return
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId })
  if (!draft || draft.status === 'converting') return
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  const style = { format: draft.format, template: draft.template, seed: draft.draftId }
  for (const segment of (await loadSegments(em, draftId)).filter(isComplete)) {
    const clip = await previewPath(tools, renderSegmentOf(core, segment), style)
    if (await core.store.has(clip)) continue
    await core.jobs.enqueue({
      kind: 'clip',
      // The path is the hash of all that shapes the clip: the same clip is asked for once.
      key: `clip:${segment.id}:${clip}`,
      draftId,
      workspace: draft.workspace,
      requester: null,
      payload: { segmentId: segment.id },
      priority: PRIORITY,
    })
  }
}

/**
 * Renders the clip of a segment, so that people see the real thing and the final render has nothing left to encode. A
 * segment that is gone or has lost an asset since is passed over.
 */
export async function runClip(core: Core, segmentId: number, signal: AbortSignal): Promise<void> {
  const em = core.db.fork()
  const segment = await em.findOne(SegmentEntity, { id: segmentId })
  const draft = segment && (await em.findOne(DraftEntity, { draftId: segment.draftId }))
  if (!draft || !segment || !isComplete(segment)) return
  await makePreview(core, draft, segment, signal)
  core.events.changed(draft.draftId)
}

/** A still of fresh footage: what the segment's message shows until its clip is there. */
export async function makeStill(core: Core, footage: string | null, signal: AbortSignal): Promise<void> {
  if (footage === null) return
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  await renderThumbnail(tools, core.store.absolute(footage), { signal })
}
