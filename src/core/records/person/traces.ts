import type { QueryResult } from '@mikro-orm/core'
import type { EntityManager } from '../../../db/types.ts'
import { homeOf, type Person } from './person.ts'

/** A column with the id of a person who did something, and the one with their name at the time. */
export interface Trace {
  table: string
  id: string
  name: string | null
  /** What determines the workspace: a column of the row, or its draft. */
  within: 'workspace' | 'draft'
  /** A JSON column that also names people, as `…Id` next to `…Name`. */
  json?: string
  /** True if the row is meaningless without the person. */
  isTheirs?: true
}

/** Everything in the database that names people. New columns are added here; a test checks that all are. */
export const TRACES: readonly Trace[] = [
  { table: 'drafts', id: 'author_id', name: 'author_name', within: 'workspace' },
  { table: 'draft_segments', id: 'edited_by_id', name: 'edited_by_name', within: 'draft' },
  { table: 'draft_versions', id: 'actor_id', name: 'actor_name', within: 'draft', json: 'snapshot' },
  { table: 'job_history', id: 'requester_id', name: 'requester_name', within: 'workspace', json: 'payload' },
  { table: 'kept_forms', id: 'user_id', name: null, within: 'workspace' },
  { table: 'paid_calls', id: 'person_id', name: null, within: 'workspace' },
  { table: 'pronunciations', id: 'edited_by_id', name: 'edited_by_name', within: 'workspace' },
  { table: 'accounts', id: 'linked_by_id', name: 'linked_by_name', within: 'workspace' },
  // Meaningless without the person.
  { table: 'approvals', id: 'person_id', name: 'person_name', within: 'draft', isTheirs: true },
  { table: 'approval_rules', id: 'edited_by_id', name: 'edited_by_name', within: 'workspace' },
  { table: 'presets', id: 'edited_by_id', name: 'edited_by_name', within: 'workspace' },
  { table: 'webhooks', id: 'edited_by_id', name: 'edited_by_name', within: 'workspace' },
  { table: 'audit_trail', id: 'actor_id', name: 'actor_name', within: 'workspace' },
  { table: 'notes', id: 'author_id', name: 'author_name', within: 'draft' },
  { table: 'notes', id: 'resolved_by_id', name: 'resolved_by_name', within: 'draft' },
  { table: 'proposals', id: 'author_id', name: 'author_name', within: 'draft' },
  { table: 'proposals', id: 'decided_by_id', name: 'decided_by_name', within: 'draft' },
  // It acts for them.
  { table: 'api_tokens', id: 'person_id', name: 'person_name', within: 'workspace', isTheirs: true },
  // Erasing a person also signs them out.
  { table: 'sign_in_links', id: 'person_id', name: 'person_name', within: 'workspace', isTheirs: true },
  { table: 'sessions', id: 'person_id', name: 'person_name', within: 'workspace', isTheirs: true },
]

/** A name without an id: only the name says whose it is. */
export const LONE_NAME = { table: 'drafts', name: 'settings_edited_by_name' } as const

/** Tables without people that belong to a workspace, which may be a person's direct messages. */
export const OF_WORKSPACE = ['spending'] as const

export type Row = Record<string, unknown>

/** A condition with its parameters. */
export interface Condition {
  sql: string
  parameters: unknown[]
}

/** Runs SQL in the given EntityManager's transaction, if there is one. */
export async function query(em: EntityManager, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  return em.execute(sql, parameters, 'all')
}

/** Same, for SQL that changes rows. @returns how many. */
export async function change(em: EntityManager, sql: string, parameters: unknown[] = []): Promise<number> {
  const done = await em.execute<QueryResult>(sql, parameters, 'run')
  return done.affectedRows
}

/** Rows with a person's traces. With `json`, also those with their id in the JSON. */
export function leftBy(
  person: Person,
  { id, within, json }: Pick<Trace, 'id' | 'within' | 'json'>,
): Condition {
  const home = atHome(person, within)
  if (json === undefined)
    return { sql: `${id} = ? and ${home.sql}`, parameters: [person.id, ...home.parameters] }
  return {
    sql: `(${id} = ? or instr(${json}, ?) > 0) and ${home.sql}`,
    parameters: [person.id, JSON.stringify(person.id), ...home.parameters],
  }
}

/** Rows of workspaces the person may belong to. */
export function atHome(person: Person, within: Trace['within']): Condition {
  const home = homeOf(person)
  const sql = `substr(workspace || ':', 1, ${home.length}) = ?`
  return {
    sql: within === 'workspace' ? sql : `draft_id in (select draft_id from drafts where ${sql})`,
    parameters: [home],
  }
}

/** Rows of their direct messages with the bot, a workspace with their id in its name (`discord:dm:123`). */
export function inDirectMessages(person: Person): Condition {
  const home = atHome(person, 'workspace')
  return {
    sql: `${home.sql} and instr(workspace || ':', ?) > 0`,
    parameters: [...home.parameters, `:dm:${person.id}:`],
  }
}

/** All names under which they have left traces. */
export async function namesOf(em: EntityManager, person: Person): Promise<string[]> {
  const names = new Set<string>()
  for (const { table, id, name: column, within } of TRACES) {
    if (column === null) continue
    const { sql, parameters } = leftBy(person, { id, within })
    const found = await query(em, `select distinct ${column} as name from ${table} where ${sql}`, parameters)
    for (const { name } of found) if (typeof name === 'string' && name !== '') names.add(name)
  }
  return [...names].toSorted()
}

/** The ids of their drafts: those they started, and those of their direct messages. */
export async function draftsOf(em: EntityManager, person: Person): Promise<string[]> {
  const started = leftBy(person, { id: 'author_id', within: 'workspace' })
  const direct = inDirectMessages(person)
  const rows = await query(
    em,
    `select draft_id from drafts where (${started.sql}) or (${direct.sql}) order by id`,
    [...started.parameters, ...direct.parameters],
  )
  return rows.map(({ draft_id }) => String(draft_id))
}

/** Their drafts that are gone or were never written, but still have jobs. */
export async function goneDraftsOf(em: EntityManager, person: Person): Promise<string[]> {
  const acts = leftBy(person, { id: 'actor_id', within: 'workspace' })
  const jobs = leftBy(person, { id: 'requester_id', within: 'workspace' })
  const rows = await query(
    em,
    `select draft_id from audit_trail where act = 'created' and ${acts.sql}
     union select draft_id from job_history where kind = 'create' and draft_id is not null and ${jobs.sql}
     except select draft_id from drafts`,
    [...acts.parameters, ...jobs.parameters],
  )
  return rows.map(({ draft_id }) => String(draft_id))
}

/** JSON with the person's id and name cleared wherever they are next to each other. */
export function withoutPerson(json: unknown, person: Person): unknown {
  if (Array.isArray(json)) return json.map((each) => withoutPerson(each, person))
  if (typeof json !== 'object' || json === null) return json
  const fields: Row = Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, withoutPerson(value, person)]),
  )
  for (const [key, value] of Object.entries(fields))
    if (value === person.id && isNamed(fields, key))
      Object.assign(fields, { [key]: '', [nameKeyOf(key)]: '' })
  return fields
}

/** The person's parts of JSON: objects with their id next to a name. */
export function partsOf(json: unknown, person: Person): unknown[] {
  if (Array.isArray(json)) return json.flatMap((each) => partsOf(each, person))
  if (typeof json !== 'object' || json === null) return []
  const { id } = person
  if (Object.entries(json).some(([key, value]) => value === id && isNamed(json, key))) return [json]
  return Object.values(json).flatMap((each) => partsOf(each, person))
}

/** True for the key of an id with a name next to it, as for people. */
function isNamed(fields: object, key: string): boolean {
  return /^id$|Id$/.test(key) && nameKeyOf(key) in fields
}

function nameKeyOf(key: string): string {
  return key === 'id' ? 'name' : key.replace(/Id$/, 'Name')
}
