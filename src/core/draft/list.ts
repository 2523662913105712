import { type Draft, DraftEntity, STATUSES } from '../../db/entities/draft.ts'
import type { Core } from './core.ts'
import { type Seen, seenCondition } from './places.ts'
import { requireChoice, requireNumber } from './validate.ts'

export interface ListInput {
  workspace: string
  status?: string | undefined
  accountId?: number | undefined
  /** Part of a title or of an id. */
  search?: string | undefined
  /** Only those that somebody may see; all by default. */
  seen?: Seen | undefined
  skip?: number
  /** 1 to 100; 20 by default. */
  limit?: number
}

export interface DraftPage {
  drafts: Draft[]
  /** All that match, on every page. */
  total: number
}

/** The drafts of a workspace, newest first. */
export async function listDrafts(core: Core, input: ListInput): Promise<DraftPage> {
  const { sql, params } = conditionOf(input)
  const em = core.db.fork()
  const execute = (select: string, end: string, more: number[] = []) =>
    em.execute(`select ${select} from drafts d where ${sql} ${end}`, [...params, ...more])
  const limit = Math.trunc(requireNumber('listLimit', input.limit ?? 20, { min: 1, max: 100 }))
  const offset = Math.max(0, Math.trunc(input.skip ?? 0))
  const order = 'order by d.created_at desc, d.id desc limit ? offset ?'
  const rows = await execute('d.id', order, [limit, offset])
  const [counted] = await execute('count(*) as total', '')
  const drafts = await em.find(
    DraftEntity,
    { id: { $in: rows.map(({ id }) => Number(id)) } },
    {
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      // The whole plan is a backup and would be read for nothing.
      exclude: ['contentPlanJson'],
    },
  )
  return { drafts: drafts as Draft[], total: Number(counted?.total) }
}

function conditionOf({ workspace, status, accountId, search, seen }: ListInput) {
  const conditions: { sql: string; params: (string | number)[] }[] = [
    { sql: 'd.workspace = ?', params: [workspace] },
  ]
  if (status !== undefined)
    conditions.push({ sql: 'd.status = ?', params: [requireChoice('status', status, STATUSES)] })
  if (accountId !== undefined) conditions.push({ sql: 'd.account_id = ?', params: [accountId] })
  if (search) {
    const words = containing(search)
    conditions.push({ sql: '(d.title like ? or d.draft_id like ?)', params: [words, words] })
  }
  if (seen) conditions.push(seenCondition(seen))
  return {
    sql: conditions.map(({ sql }) => sql).join(' and '),
    params: conditions.flatMap(({ params }) => params),
  }
}

function containing(search: string): string {
  // `_` and `%` match anything in LIKE; each is made to match itself or any one character at the least.
  return `%${search.normalize('NFC').replaceAll('%', '_')}%`
}
