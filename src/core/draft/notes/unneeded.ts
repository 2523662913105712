import type { EntityManager } from '../../../db/types.ts'

/** Whether a list of segments contains `n.segment_id` or one it was merged into. */
const among = (id: string, mergedFrom: string) =>
  `(${id} = n.segment_id or instr(' ' || coalesce(${mergedFrom}, '') || ' ', ' ' || n.segment_id || ' ') > 0)`
const GONE = `not exists (select 1 from draft_segments s where s.draft_id = n.draft_id and ${among('s.id', 's.merged_from')})
  and not exists (select 1 from draft_versions v, json_each(v.snapshot, '$.segments') kept where v.draft_id = n.draft_id
    and ${among("json_extract(kept.value, '$.id')", "json_extract(kept.value, '$.mergedFrom')")})`
/** Proposals decided long ago. The resulting revisions say who requested them. */
const DECIDED = `n.state <> 'open' and n.decided_at <= ? and not exists (
  select 1 from draft_versions v where v.draft_id = n.draft_id and json_extract(v.action, '$.proposal') = n.id)`

/**
 * Removes notes and proposals of segments that can no longer be restored, and proposals decided before a given time.
 * @returns how many.
 */
export async function removeUnneeded(em: EntityManager, before: Date, dryRun = false): Promise<number> {
  const remove = async (table: string, where: string, parameters: unknown[] = []): Promise<number> => {
    const found = `select n.id from ${table} n where ${where}`
    if (dryRun) return (await em.execute(found, parameters)).length
    const done: { affectedRows: number } = await em.execute(
      `delete from ${table} where id in (${found})`,
      parameters,
      'run',
    )
    return done.affectedRows
  }
  const counts = [
    await remove('notes', GONE),
    await remove('proposals', `${GONE} or (${DECIDED})`, [before.getTime()]),
  ]
  return counts.reduce((sum, count) => sum + count, 0)
}
