import type { EntityManager } from '../../db/types.ts'
import type { Rows } from './cleanup-rows.ts'

/** Milliseconds for which a render counts against the limits of a person and a workspace. */
const COUNTED = 86_400_000

const IS_GONE = 'draft_id is not null and draft_id not in (select draft_id from drafts)'
/** Jobs of removed drafts. A job that creates a draft exists before it. */
const JOBS = `job_history where ${IS_GONE} and kind <> 'create' and state in ('done', 'failed', 'cancelled')`
const REMOVABLE = `${JOBS} and (kind <> 'finalize' or (output_video_path is null and created_at <= ?))`
const FORMS = `kept_forms where ${IS_GONE}`

/**
 * Removes rows of removed drafts: leftovers of an interrupted removal, and renders once they no longer count against
 * anyone's limit. A render whose video still exists is anonymised instead. @returns how many.
 */
export async function removeRowsOfGone({ db, events, now, dryRun }: Omit<Rows, 'ttlDays'>): Promise<number> {
  const em = db.fork()
  const since = now.getTime() - COUNTED
  if (dryRun) return (await count(em, REMOVABLE, [since])) + (await count(em, FORMS))
  const renders = await em.execute<{ draft_id: string }[]>(
    `select distinct draft_id from ${REMOVABLE} and kind = 'finalize'`,
    [since],
  )
  const removed = [await run(em, `delete from ${REMOVABLE}`, [since]), await run(em, `delete from ${FORMS}`)]
  await run(
    em,
    nameless(JOBS, "requester_name = null, payload = '{}', error = null", 'requester_name is not null'),
  )
  await run(em, nameless(JOBS, 'requester_id = null', 'requester_id is not null and created_at <= ?'), [
    since,
  ])
  // Their threads may have been unreachable when the draft was removed.
  for (const { draft_id: draftId } of renders) events.deleted(draftId)
  return removed.reduce((sum, rows) => sum + rows, 0)
}

function nameless(rows: string, change: string, when: string): string {
  return `update job_history set ${change} where id in (select id from ${rows} and ${when})`
}

async function count(em: EntityManager, rows: string, parameters: unknown[] = []): Promise<number> {
  const [row] = await em.execute(`select count(*) as found from ${rows}`, parameters)
  return Number(row?.found ?? 0)
}

async function run(em: EntityManager, sql: string, parameters: unknown[] = []): Promise<number> {
  const done: { affectedRows: number } = await em.execute(sql, parameters, 'run')
  return done.affectedRows
}
