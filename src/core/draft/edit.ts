import type { RevisionAction } from '../../db/entities/revision.ts'
import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { requestMissingAssets } from '../assets/request.ts'
import type { Actor, Core } from '../core.ts'
import { requestClips } from './clips.ts'
import { isComplete } from './completeness.ts'
import { type DraftWithSegments, loadDraft, requireEditable } from './load.ts'
import { appendRevision, refreshRevision } from './revisions.ts'
import { moveStatus } from './status.ts'

export interface EditScope {
  workspace: string
  draftId: string
  actor: Actor
}

export interface Editing extends DraftWithSegments {
  em: EntityManager
  now: Date
  /** What changed segments carry as their version: higher than any that the draft had before. */
  nextVersion: number
}

/** What an edit did; null when it turned out to change nothing, so that no revision is made. */
export type EditResult = { action: RevisionAction; segments: Segment[] } | null

/**
 * The one way in which a draft's content changes: in a transaction, refused while it renders or when it is
 * finished, kept as a revision, followed by the collection of what became stale.
 * @returns whether anything changed.
 */
export async function editDraft(
  core: Core,
  scope: EditScope,
  change: (editing: Editing) => EditResult | Promise<EditResult>,
): Promise<boolean> {
  const changed = await core.db.transaction(async (em) => {
    const now = core.clock()
    const { draft, segments } = await loadDraft(em, scope.workspace, scope.draftId)
    requireEditable(draft)
    await refreshRevision(em, draft, segments)
    const result = await change({ em, now, draft, segments, nextVersion: draft.version + 1 })
    if (!result) return false
    await renumber(em, draft.draftId, result.segments)
    await appendRevision(em, draft, result.segments, scope.actor, result.action, now)
    draft.updatedAt = now
    draft.expiryNoticeAt = null
    await em.flush()
    await settleStatus(em, draft.draftId, result.segments, now)
    await requestMissingAssets(core, draft, result.segments, em, { asker: scope.actor })
    return true
  })
  if (changed) {
    core.events.changed(scope.draftId)
    await requestClips(core, scope.draftId)
  }
  return changed
}

/** Brings the status in line with what the segments have (SPEC §2). */
export async function settleStatus(
  em: EntityManager,
  draftId: string,
  segments: Segment[],
  now: Date,
): Promise<boolean> {
  return moveStatus(em, draftId, segments.every(isComplete) ? 'assets_complete' : 'asset_stale', now)
}

/** Puts segments into the order given, in two steps, since an index may be taken by only one segment at any moment. */
async function renumber(em: EntityManager, draftId: string, ordered: Segment[]): Promise<void> {
  await em.flush()
  if (ordered.every((segment, index) => segment.segmentIndex === index)) return
  for (const [index, segment] of ordered.entries())
    await em.nativeUpdate(SegmentEntity, { draftId, id: segment.id }, { segmentIndex: -1 - index })
  for (const [index, segment] of ordered.entries()) {
    await em.nativeUpdate(SegmentEntity, { draftId, id: segment.id }, { segmentIndex: index })
    segment.segmentIndex = index
  }
}
