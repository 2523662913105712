import { DraftEntity } from '../../../db/entities/draft.ts'
import { JobEntity } from '../../../db/entities/job.ts'
import type { EntityManager } from '../../../db/types.ts'
import { recordAct } from '../../draft/audit.ts'
import type { Core } from '../../draft/core.ts'
import { draftFiles, unreferenced } from '../../draft/references.ts'
import { deleteDraft } from '../../draft/remove.ts'
import { removeAccountsOf } from './erase-accounts.ts'
import type { Person } from './person.ts'
import {
  atHome,
  change,
  draftsOf,
  goneDraftsOf,
  inDirectMessages,
  LONE_NAME,
  leftBy,
  namesOf,
  OF_WORKSPACE,
  query,
  TRACES,
  type Trace,
  withoutPerson,
} from './traces.ts'

export interface Erased {
  /** The number of drafts removed with their files. */
  drafts: number
  /** The number of rows that were removed or anonymised. */
  rows: number
}

/** What replaces an erased person in rows; views show “Someone”. */
const NOBODY = { id: '', name: '' }

/**
 * Removes a person's data: the drafts they started, unless `keepDrafts` is set, those of their direct messages with the bot
 * in any case, and their unsaved forms. Their changes to other drafts stay, anonymised. Only for the process that has the
 * folder to itself. After a crash, it can be run again to continue.
 */
export async function erasePerson(core: Core, person: Person, { keepDrafts = false } = {}): Promise<Erased> {
  // Deleted rows are overwritten with zeros, so that their pages don't reveal anything.
  await core.db.fork().execute('pragma secure_delete = on')
  const accounts = await removeAccountsOf(core, person)
  // The drafts last, because their author identifies whose they are.
  const { rows, files } = await core.db.transaction((em) => anonymise(em, person))
  for (const file of files) await core.store.discard(file, Number.POSITIVE_INFINITY)
  const drafts = await removeDrafts(core, person, keepDrafts)
  return core.db.transaction(async (em) => {
    const more = (await anonymiseDrafts(em, person)) + (await removeDirectMessages(em, person))
    const erased = { drafts, rows: accounts + rows + more }
    const place = { surface: person.surface, workspace: '', channelId: '', threadId: null }
    if (drafts + erased.rows > 0)
      await recordAct(em, 'erased', { place, draftId: null, actor: null, now: core.clock() }, erased)
    return erased
  })
}

/** Tables whose names appear in threads. */
const SHOWN = ['draft_segments', 'notes', 'proposals', 'approvals']

/** Everything but the drafts themselves. */
async function anonymise(em: EntityManager, person: Person): Promise<{ rows: number; files: string[] }> {
  let rows = 0
  const names = await namesOf(em, person)
  const home = atHome(person, 'workspace')
  rows += await change(
    em,
    `update ${LONE_NAME.table} set ${LONE_NAME.name} = '' where ${LONE_NAME.name} in (select value from json_each(?))
     and ${home.sql}`,
    [JSON.stringify(names), ...home.parameters],
  )
  const gone = await goneDraftsOf(em, person)
  const files = new Set<string>()
  for (const draftId of gone) {
    for (const file of await draftFiles(em, draftId)) files.add(file)
    rows += await em.nativeDelete(JobEntity, { draftId })
  }
  // Threads show who last edited a segment and who wrote notes; a change to the draft makes the next start update them.
  for (const { table, id } of TRACES.filter(({ table }) => SHOWN.includes(table))) {
    const { sql, parameters } = leftBy(person, { id, within: 'draft' })
    const shown = `draft_id in (select draft_id from ${table} where ${sql})`
    await change(em, `update drafts set updated_at = updated_at where ${shown}`, parameters)
  }
  for (const trace of TRACES) {
    if (trace.table === 'drafts') continue
    const { sql, parameters } = leftBy(person, { id: trace.id, within: trace.within })
    if (trace.json !== undefined) rows += await anonymiseJson(em, person, trace, trace.json)
    // Entries without a name next to the id were typed by the person, or are meaningless without them.
    rows += await change(
      em,
      trace.name === null || trace.isTheirs
        ? `delete from ${trace.table} where ${sql}`
        : `update ${trace.table} set ${trace.id} = '', ${trace.name} = '' where ${sql}`,
      parameters,
    )
  }
  return { rows, files: await unreferenced(em, files) }
}

async function anonymiseJson(
  em: EntityManager,
  person: Person,
  trace: Trace,
  column: string,
): Promise<number> {
  const { sql, parameters } = leftBy(person, trace)
  const found = await query(em, `select id from ${trace.table} where ${sql}`, parameters)
  let changed = 0
  // One at a time, because a history contains many whole drafts.
  for (const { id } of found) {
    const [row] = await query(em, `select ${column} as json from ${trace.table} where id = ?`, [id])
    const before = String(row?.json)
    const after = JSON.stringify(withoutPerson(JSON.parse(before), person))
    if (after === JSON.stringify(JSON.parse(before))) continue
    changed += await change(em, `update ${trace.table} set ${column} = ? where id = ?`, [after, id])
  }
  return changed
}

async function removeDrafts(core: Core, person: Person, keepDrafts: boolean): Promise<number> {
  const em = core.db.fork()
  const direct = inDirectMessages(person)
  const kept = keepDrafts
    ? await query(em, `select draft_id from drafts where not (${direct.sql})`, direct.parameters)
    : []
  const isKept = new Set(kept.map(({ draft_id }) => draft_id))
  const drafts = (await draftsOf(em, person)).filter((draftId) => !isKept.has(draftId))
  for (const draftId of drafts) {
    const draft = await em.findOneOrFail(DraftEntity, { draftId }, { fields: ['workspace'] })
    await deleteDraft(core, { workspace: draft.workspace, draftId, actor: NOBODY })
    await core.db.fork().nativeDelete(JobEntity, { draftId })
  }
  return drafts.length
}

/** The drafts that are kept. */
async function anonymiseDrafts(em: EntityManager, person: Person): Promise<number> {
  const { sql, parameters } = leftBy(person, { id: 'author_id', within: 'workspace' })
  return change(
    em,
    `update drafts set author_id = '', author_name = '', updated_at = updated_at where ${sql}`,
    parameters,
  )
}

/** Other data of a workspace that only the person sees, and that has their id in its name. */
async function removeDirectMessages(em: EntityManager, person: Person): Promise<number> {
  const { sql, parameters } = inDirectMessages(person)
  const tables = TRACES.filter(({ within }) => within === 'workspace').map(({ table }) => table)
  let rows = 0
  for (const table of [...tables, ...OF_WORKSPACE])
    rows += await change(em, `delete from ${table} where ${sql}`, parameters)
  return rows
}
