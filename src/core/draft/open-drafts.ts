import { DraftEntity } from '../../db/entities/draft.ts'
import type { EntityManager } from '../../db/types.ts'

/**
 * The maximum number of drafts whose threads are updated immediately when something changes for a whole workspace; others
 * follow when they change.
 */
const SHOWN_AT_ONCE = 50

/** The ids of a workspace's open drafts that were changed most recently. */
export async function openDrafts(em: EntityManager, workspace: string): Promise<string[]> {
  const open = { workspace, status: { $ne: 'finalized' as const } }
  const drafts = await em.find(DraftEntity, open, {
    fields: ['draftId'],
    orderBy: { updatedAt: 'desc' },
    limit: SHOWN_AT_ONCE,
  })
  return drafts.map(({ draftId }) => draftId)
}
