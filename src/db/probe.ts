import type { EntityManager } from './types.ts'

/** Pages that must be available beyond those already free in the file. */
const ROOM = 8
/** Number of free pages that is enough without growing the file. */
const PLENTY = 64

/**
 * Writes one row to find out whether anything can be written, for `/healthz`. Replacing a row needs no space, so a full
 * disk would go unnoticed: the file is grown by some pages first, which are released at the end.
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
