import type { Database } from '../../../db/database.ts'
import type { EntityManager } from '../../../db/types.ts'
import { draftFiles } from '../../draft/references.ts'
import { isBesideFilm } from '../../model/film-files.ts'
import type { Store } from '../../model/store.ts'
import { nameOfPerson, type Person } from './person.ts'
import {
  atHome,
  type Condition,
  draftsOf,
  goneDraftsOf,
  inDirectMessages,
  LONE_NAME,
  leftBy,
  namesOf,
  OF_WORKSPACE,
  partsOf,
  query,
  type Row,
  TRACES,
  type Trace,
} from './traces.ts'

export interface PersonExport {
  person: string
  exportedAt: string
  /** All stored names of the person. */
  names: string[]
  /** Drafts they started, with their segments, revisions, jobs, notes and proposals. */
  drafts: Row[]
  /** Rows about other drafts, removed drafts, or no draft, by table. */
  elsewhere: Record<string, Row[]>
  /** Files of their drafts, by path in DATA_DIR; bytes are null for missing ones. */
  files: { path: string; bytes: number | null }[]
}

/** All data stored about a person, as one document. Changes nothing. */
export async function exportPerson(
  db: Database,
  store: Store,
  person: Person,
  now: Date,
): Promise<PersonExport> {
  const em = db.fork()
  const own = await draftsOf(em, person)
  const gone = await goneDraftsOf(em, person)
  const names = await namesOf(em, person)
  const paths = new Set<string>()
  for (const draftId of [...own, ...gone]) for (const file of await draftFiles(em, draftId)) paths.add(file)
  const elsewhere: [string, Row[]][] = []
  for (const trace of TRACES) elsewhere.push([trace.table, await tracesOf(em, person, trace, own, gone)])
  elsewhere.push([`${LONE_NAME.table}: ${LONE_NAME.name}`, await settingsEdited(em, person, names, own)])
  for (const table of OF_WORKSPACE) elsewhere.push([table, await rowsOf(em, table, inDirectMessages(person))])
  const files = await Promise.all([...paths].map(async (path) => ({ path, bytes: await store.size(path) })))
  return {
    person: nameOfPerson(person),
    exportedAt: now.toISOString(),
    names,
    drafts: await Promise.all(own.map((draftId) => wholeDraft(em, draftId))),
    elsewhere: byTable(elsewhere),
    files: files.filter(({ path, bytes }) => bytes !== null || !isBesideFilm(path)),
  }
}

/** Rows that name the person twice are included once. */
function byTable(found: [table: string, rows: Row[]][]): Record<string, Row[]> {
  const tables: Record<string, Row[]> = {}
  for (const [table, rows] of found) {
    const before = tables[table] ?? []
    const ids = new Set(before.map(({ id }) => id))
    const fresh = rows.filter(({ id }) => id === undefined || !ids.has(id))
    if (fresh.length > 0) tables[table] = [...before, ...fresh]
  }
  return tables
}

/** True if nothing is stored about the person. */
export function isEmpty({ names, drafts, elsewhere }: PersonExport): boolean {
  return names.length === 0 && drafts.length === 0 && Object.keys(elsewhere).length === 0
}

async function wholeDraft(em: EntityManager, draftId: string): Promise<Row> {
  const where = ofDrafts([draftId])
  const [draft] = await rowsOf(em, 'drafts', where)
  return {
    ...draft,
    segments: await rowsOf(em, 'draft_segments', where),
    revisions: await rowsOf(em, 'draft_versions', where),
    jobs: await rowsOf(em, 'job_history', where),
    notes: await rowsOf(em, 'notes', where),
    proposals: await rowsOf(em, 'proposals', where),
  }
}

async function tracesOf(
  em: EntityManager,
  person: Person,
  trace: Trace,
  own: string[],
  gone: string[],
): Promise<Row[]> {
  const { sql, parameters } = leftBy(person, trace)
  const ofGone = trace.table === 'job_history' ? ofDrafts(gone) : NONE
  const found = await rowsOf(em, trace.table, {
    sql: `(${sql}) or (${ofGone.sql})`,
    parameters: [...parameters, ...ofGone.parameters],
  })
  // The trail outlives drafts, so it isn't part of them.
  const others =
    trace.table === 'audit_trail' ? found : found.filter(({ draft_id }) => !own.includes(String(draft_id)))
  if (trace.table !== 'draft_versions') return others
  // A revision contains someone else's whole draft; only this person's contributions are theirs.
  return others.map(({ snapshot, ...revision }) => ({ ...revision, theirs: partsOf(snapshot, person) }))
}

async function settingsEdited(
  em: EntityManager,
  person: Person,
  names: string[],
  own: string[],
): Promise<Row[]> {
  const home = atHome(person, 'workspace')
  const rows = await query(
    em,
    `select draft_id, ${LONE_NAME.name} from ${LONE_NAME.table}
     where ${LONE_NAME.name} in (select value from json_each(?)) and ${home.sql}`,
    [JSON.stringify(names), ...home.parameters],
  )
  return rows.filter(({ draft_id }) => !own.includes(String(draft_id)))
}

const NONE: Condition = { sql: 'false', parameters: [] }

function ofDrafts(draftIds: string[]): Condition {
  return { sql: 'draft_id in (select value from json_each(?))', parameters: [JSON.stringify(draftIds)] }
}

/** Encrypted or hashed secrets are useless to anyone, and not a person's words. */
const LEFT_OUT = new Set(['encrypted_credentials', 'sealed_target', 'code_hash', 'secret_hash'])

/** Rows in readable form: JSON parsed, times in ISO 8601. */
async function rowsOf(em: EntityManager, table: string, { sql, parameters }: Condition): Promise<Row[]> {
  const columns = await query(em, 'select name, type from pragma_table_info(?)', [table])
  const types = new Map(columns.map(({ name, type }) => [String(name), String(type).toLowerCase()]))
  const rows = await query(em, `select * from ${table} where ${sql} order by 1`, parameters)
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name]) => !LEFT_OUT.has(name))
        .map(([name, value]) => [name, readable(types.get(name) ?? '', value)]),
    ),
  )
}

function readable(type: string, value: unknown): unknown {
  if (type === 'datetime' && typeof value === 'number') return new Date(value).toISOString()
  return type === 'json' && typeof value === 'string' ? JSON.parse(value) : value
}
