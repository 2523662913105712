import { type Draft, DraftEntity, STATUSES } from '../../db/entities/draft.ts'
import type { Core } from '../core.ts'
import { requireChoice, requireNumber } from './validate.ts'

export interface ListInput {
  workspace: string
  status?: string | undefined
  accountId?: number | undefined
  /** Part of a title or of an id. */
  search?: string | undefined
  skip?: number
  /** 1 to 100; 20 unless told. */
  limit?: number
}

export interface DraftPage {
  drafts: Draft[]
  /** All that match, on every page. */
  total: number
}

/** The drafts of a workspace, newest first. */
export async function listDrafts(core: Core, input: ListInput): Promise<DraftPage> {
  const where = {
    workspace: input.workspace,
    ...(input.status !== undefined && { status: requireChoice('status', input.status, STATUSES) }),
    ...(input.accountId !== undefined && { accountId: input.accountId }),
    ...(input.search && {
      $or: [{ title: { $like: containing(input.search) } }, { draftId: { $like: containing(input.search) } }],
    }),
  }
  const [drafts, total] = await core.db.fork().findAndCount(DraftEntity, where, {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    offset: Math.max(0, Math.trunc(input.skip ?? 0)),
    limit: Math.trunc(requireNumber('listLimit', input.limit ?? 20, { min: 1, max: 100 })),
    // The whole plan is a backup and would be read for nothing.
    exclude: ['contentPlanJson'],
  })
  return { drafts: drafts as Draft[], total }
}

function containing(search: string): string {
  // `_` and `%` match anything in LIKE; each is made to match itself or any one character at the least.
  return `%${search.normalize('NFC').replaceAll('%', '_')}%`
}
