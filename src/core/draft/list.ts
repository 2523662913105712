import { type Draft, DraftEntity, STATUSES } from '../../db/entities/draft.ts'
import { folded, holdsAll } from '../model/text/fold.ts'
import type { Core } from './core.ts'
import { type Seen, seenCondition } from './places.ts'
import { requireChoice, requireNumber } from './validate.ts'

export interface ListInput {
  workspace: string
  status?: string | undefined
  accountId?: number | undefined
  /** Part of a title or id. */
  search?: string | undefined
  /** Words that occur anywhere in the title, topic or texts, in any order, ignoring accents and case. */
  words?: string | undefined
  /** Only drafts by these people. */
  authorIds?: readonly string[] | undefined
  /** Only those that the person may see; all by default. */
  seen?: Seen | undefined
  skip?: number
  /** 1 to 100; 20 by default. */
  limit?: number
}

export interface DraftPage {
  drafts: Draft[]
  /** The number of all matches, across pages. */
  total: number
}

/** The drafts of a workspace, newest first. */
export async function listDrafts(core: Core, input: ListInput): Promise<DraftPage> {
  const { sql, params } = conditionOf(input)
  const em = core.db.fork()
  const execute: Execute = (select, end, more = []) =>
    em.execute(`select ${select} from drafts d where ${sql} ${end}`, [...params, ...more])
  const limit = Math.trunc(requireNumber('listLimit', input.limit ?? 20, { min: 1, max: 100 }))
  const offset = Math.max(0, Math.trunc(input.skip ?? 0))
  const order = 'order by d.created_at desc, d.id desc limit ? offset ?'
  const words = folded(input.words ?? '')
    .split(/\s+/u)
    .filter((word) => word !== '')
  const page = async () => {
    const [counted] = await execute('count(*) as total', '')
    const rows = await execute('d.id', order, [limit, offset])
    return { ids: rows.map(({ id }) => Number(id)), total: Number(counted?.total) }
  }
  const { ids, total } =
    words.length === 0 ? await page() : await search(execute, order, words, limit, offset)
  const drafts = await em.find(
    DraftEntity,
    { id: { $in: ids } },
    {
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      // The content plan is a backup and isn't needed.
      exclude: ['contentPlanJson'],
    },
  )
  return { drafts: drafts as Draft[], total }
}

/** How many of the newest drafts are searched for words, and how many at a time, with other work in between. */
const LOOKED_THROUGH = 5000
const AT_A_TIME = 200
const TEXTS = `d.id, d.title, d.topic, d.draft_id as "draftId",
  (select group_concat(s.text, ' ') from draft_segments s where s.draft_id = d.draft_id) as texts`

type Execute = (select: string, end: string, more?: number[]) => Promise<Record<string, unknown>[]>

async function search(
  execute: Execute,
  order: string,
  words: readonly string[],
  limit: number,
  offset: number,
): Promise<{ ids: number[]; total: number }> {
  const found: number[] = []
  for (let from = 0; from < LOOKED_THROUGH; from += AT_A_TIME) {
    const rows = await execute(TEXTS, order, [AT_A_TIME, from])
    const fitting = rows.filter(({ title, topic, draftId, texts }) =>
      holdsAll([title, topic, draftId, texts].join('\n'), words),
    )
    found.push(...fitting.map(({ id }) => Number(id)))
    if (rows.length < AT_A_TIME) break
  }
  return { ids: found.slice(offset, offset + limit), total: found.length }
}

function conditionOf({ workspace, status, accountId, search, authorIds, seen }: ListInput) {
  const conditions: { sql: string; params: (string | number)[] }[] = [
    { sql: 'd.workspace = ?', params: [workspace] },
  ]
  if (status !== undefined)
    conditions.push({ sql: 'd.status = ?', params: [requireChoice('status', status, STATUSES)] })
  if (accountId !== undefined) conditions.push({ sql: 'd.account_id = ?', params: [accountId] })
  if (authorIds) {
    const places = authorIds.map(() => '?').join(', ')
    conditions.push({ sql: `d.author_id in (${places})`, params: [...authorIds] })
  }
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
  // `_` and `%` are wildcards in LIKE; here each matches at least one character, possibly itself.
  return `%${search.normalize('NFC').replaceAll('%', '_')}%`
}
