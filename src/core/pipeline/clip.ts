import { edgeSegments, segmentWithDraft } from '../../db/queries/drafts.ts'
import { isInReview } from '../draft/clips.ts'
import type { Core } from '../draft/core.ts'
import { usingFiles } from '../draft/draft-files.ts'
import { loadRenderable } from '../draft/load.ts'
import { makePreview } from '../draft/preview.ts'
import { isRenderable } from '../draft/storyboard.ts'
import { prepareWatch } from '../draft/watch.ts'

/**
 * Renders a segment's clip, so that people see the real thing and the final render has nothing left to encode. A segment
 * that is gone or has lost an asset since is skipped.
 */
export async function runClip(core: Core, segmentId: number, signal: AbortSignal): Promise<void> {
  const em = core.db.fork()
  const found = await segmentWithDraft(em, segmentId)
  if (!found || !isInReview(found.draft)) return
  const { segment, draft } = found
  const edges = await edgeSegments(em, draft.draftId)
  if (!isRenderable(segment, edges)) return
  await usingFiles(core, draft.draftId, () =>
    makePreview(core, draft, segment, edges, { signal, urgency: 'background' }),
  )
  core.events.changed(draft.draftId)
  // All of them are complete once the last one is.
  const all = await loadRenderable(core.db.fork(), draft.draftId)
  await prepareWatch(core, draft, all, signal)
}
