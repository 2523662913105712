import type { Core } from './core.ts'
import { settleStatus } from './edit.ts'
import { STALE_FOOTAGE, STALE_VOICE } from './follow-text.ts'
import { findSegment, loadForChange, requireEditable } from './load.ts'
import { requestMissingAssets } from './request-assets.ts'
import type { EditScope } from './scope.ts'

/**
 * Retries a segment's missing assets and substitutes. Not a step in the history, and not an edit of the segment.
 */
export async function retryAssets(core: Core, scope: EditScope, segmentId: number): Promise<void> {
  await core.db.transaction(async (em) => {
    const { draft, segments } = await loadForChange(em, scope.workspace, scope.draftId)
    requireEditable(draft)
    const segment = findSegment(segments, segmentId)
    // If two people press Retry, the second finds nothing failed, and the job already waiting or running.
    if (segment.voiceError !== null || segment.footageError !== null) segment.retries += 1
    if (segment.footageError !== null) Object.assign(segment, STALE_FOOTAGE, { videoId: null })
    if (segment.voiceError !== null) Object.assign(segment, STALE_VOICE)
    draft.updatedAt = core.clock()
    draft.expiryNoticeAt = null
    await em.flush()
    await settleStatus(em, draft.draftId, segments, core.clock())
    await requestMissingAssets(core, draft, [segment], em, { asker: scope.actor, insist: true })
  })
  core.events.changed(scope.draftId)
}
