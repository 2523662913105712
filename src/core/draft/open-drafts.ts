import { DraftEntity } from '../../db/entities/draft.ts'
import type { EntityManager } from '../../db/types.ts'

/** Drafts whose threads are brought up to date at once when something changes for a whole workspace; the others when they change. */
const SHOWN_AT_ONCE = 50

/** The ids of the drafts of a workspace that are worked at, those that were changed last. */
export async function openDrafts(em: EntityManager, workspace: string): Promise<string[]> {
  const open = { workspace, status: { $ne: 'finalized' as const } }
  const drafts = await em.find(DraftEntity, open, {
    fields: ['draftId'],
    orderBy: { updatedAt: 'desc' },
    limit: SHOWN_AT_ONCE,
  })
  return drafts.map(({ draftId }) => draftId)
}
