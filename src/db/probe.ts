import type { EntityManager } from './types.ts'

/** Pages that have to be there beyond those that the file has free already. */
const ROOM = 8
/** Free pages at which there is room enough without growing. */
const PLENTY = 64

/**
 * Writes one row, as `/healthz` does to find out whether anything can be written. A row that is replaced needs no room, and a
 * full disk would not show: so the file grows by some pages first, which are given back before the end.
 */
export async function probe(em: EntityManager): Promise<void> {
  const run = (sql: string) => em.execute<Record<string, number>[]>(sql, [], 'all')
  const [free] = await run('pragma freelist_count')
  const pages = free?.freelist_count ?? 0
  if (pages < PLENTY) {
    const [size] = await run('pragma page_size')
    const bytes = (pages + ROOM) * (size?.page_size ?? 4096)
    await run('savepoint room')
    await run(`insert into probe (id, written_at, filler) values (2, 0, zeroblob(${bytes}))`)
    await run('rollback to room')
    await run('release room')
  }
  await run(
    `insert into probe (id, written_at) values (1, ${Date.now()}) on conflict (id) do update set written_at = excluded.written_at`,
  )
}
