import type { Database } from '../../src/db/database.ts'

/** Stops a database from growing, as on a full disk. */
export async function fillUp(db: Database): Promise<void> {
  const connection = db.fork().getConnection()
  const [{ page_count }] = await connection.execute<[{ page_count: number }]>('pragma page_count')
  await connection.execute(`pragma max_page_count = ${page_count}`)
}

/** Lets it grow again. */
export async function makeRoom(db: Database): Promise<void> {
  await db.fork().getConnection().execute('pragma max_page_count = 1000000')
}
