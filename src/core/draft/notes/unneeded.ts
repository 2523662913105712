import type { EntityManager } from '../../../db/types.ts'

/** A segment `n.segment_id`, or one that it was merged into, in a list of segments. */
const among = (id: string, mergedFrom: string) =>
  `(${id} = n.segment_id or instr(' ' || coalesce(${mergedFrom}, '') || ' ', ' ' || n.segment_id || ' ') > 0)`
const GONE = `not exists (select 1 from draft_segments s where s.draft_id = n.draft_id and ${among('s.id', 's.merged_from')})
  and not exists (select 1 from draft_versions v, json_each(v.snapshot, '$.segments') kept where v.draft_id = n.draft_id
    and ${among("json_extract(kept.value, '$.id')", "json_extract(kept.value, '$.mergedFrom')")})`
/** What was decided long ago. Revisions that came of it say who asked. */
const DECIDED = `n.state <> 'open' and n.decided_at <= ? and not exists (
  select 1 from draft_versions v where v.draft_id = n.draft_id and json_extract(v.action, '$.proposal') = n.id)`

/**
 * Removes notes and proposals of segments that no undo brings back any more, and proposals that were decided before a moment.
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
