import type { Database } from '../db/database.ts'

/** Makes the queue with this name the only one that runs this database's jobs. */
export async function takeOver(db: Database, owner: string, now: Date): Promise<void> {
  const take = `insert into queue_owner (id, owner, taken_at) values (1, ?, ?)
    on conflict (id) do update set owner = excluded.owner, taken_at = excluded.taken_at`
  await db.fork().execute(take, [owner, now.getTime()], 'run')
}

/** False once another queue has taken over, whatever a lock on the folder says: its running jobs must not be requeued here. */
export async function isOwner(db: Database, owner: string): Promise<boolean> {
  const rows = await db.fork().execute<{ owner: string }[]>('select owner from queue_owner')
  return rows.some((row) => row.owner === owner)
}
