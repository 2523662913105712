import type { Core } from './core.ts'
import { settleStatus } from './edit.ts'
import { STALE_FOOTAGE, STALE_VOICE } from './follow-text.ts'
import { findSegment, loadForChange, requireEditable } from './load.ts'
import { requestMissingAssets } from './request-assets.ts'
import type { EditScope } from './scope.ts'

/**
 * Tries once more what a segment lacks, and what is only a substitute. No step of the history, and no edit of
 * the segment's words.
 */
export async function retryAssets(core: Core, scope: EditScope, segmentId: number): Promise<void> {
  await core.db.transaction(async (em) => {
    const { draft, segments } = await loadForChange(em, scope.workspace, scope.draftId)
    requireEditable(draft)
    const segment = findSegment(segments, segmentId)
    // Of two who press Retry the second finds nothing that has failed, and its job waits or works already.
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
