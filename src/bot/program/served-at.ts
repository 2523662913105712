import type { Database } from '../../db/database.ts'
import { ProgramStateEntity } from '../../db/entities/program-state.ts'

const NAME = 'studio'

/** Stores where the studio is served, for tools that run alongside it; null while it isn't. */
export async function noteServedAt(db: Database, origin: string | null): Promise<void> {
  const em = db.fork()
  if (origin === null) await em.nativeDelete(ProgramStateEntity, { name: NAME })
  else await em.upsert(ProgramStateEntity, { name: NAME, value: origin })
}

/** Where the studio was last served. */
export async function servedAt(db: Database): Promise<string | null> {
  return (await db.fork().findOne(ProgramStateEntity, { name: NAME }))?.value ?? null
}
