import { segmentWithDraft } from '../../db/queries/drafts.ts'
import { isInReview } from '../draft/clips.ts'
import { isComplete } from '../draft/completeness.ts'
import type { Core } from '../draft/core.ts'
import { usingFiles } from '../draft/draft-files.ts'
import { makePreview } from '../draft/preview.ts'

/**
 * Renders the clip of a segment, so that people see the real thing and the final render has nothing left to encode. A
 * segment that is gone or has lost an asset since is passed over.
 */
export async function runClip(core: Core, segmentId: number, signal: AbortSignal): Promise<void> {
  const found = await segmentWithDraft(core.db.fork(), segmentId)
  if (!found || !isComplete(found.segment) || !isInReview(found.draft)) return
  const { segment, draft } = found
  await usingFiles(core, draft.draftId, () =>
    makePreview(core, draft, segment, { signal, urgency: 'background' }),
  )
  core.events.changed(draft.draftId)
}
