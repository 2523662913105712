import { requestMissingAssets } from '../assets/request.ts'
import type { Core } from '../core.ts'
import { UserError } from '../errors.ts'
import type { EditScope } from './edit.ts'
import { STALE_FOOTAGE } from './edit-segment.ts'
import { findSegment, loadDraft } from './load.ts'

/** Tries once more what a segment lacks, and footage that is only a substitute. No step of the history. */
export async function retryAssets(core: Core, scope: EditScope, segmentId: number): Promise<void> {
  await core.db.transaction(async (em) => {
    const { draft, segments } = await loadDraft(em, scope.workspace, scope.draftId)
    if (draft.status === 'converting') throw new UserError('draft_busy')
    const segment = findSegment(segments, segmentId)
    if (segment.footageError !== null) Object.assign(segment, STALE_FOOTAGE, { videoId: null })
    segment.voiceError = null
    segment.version = draft.version + 1
    draft.updatedAt = core.clock()
    await em.flush()
    await requestMissingAssets(core, draft, [segment], em)
  })
  core.events.changed(scope.draftId)
}
