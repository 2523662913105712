import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { MikroORM } from '@mikro-orm/sqlite'
import { ormConfig } from '../../../db/orm-config.ts'
import { draftFiles } from '../../draft/references.ts'

export interface Inventory {
  files: string[]
  migrations: string[]
}

/** The files that a database's drafts need, and its migrations; an older database isn't migrated. */
export async function inventoryOf(database: string): Promise<Inventory> {
  const orm = await MikroORM.init(ormConfig(database))
  try {
    const executed = await orm.migrator.getExecuted()
    const files = await draftFiles(orm.em.fork())
    return { files: [...files].toSorted(), migrations: executed.map(({ name }) => name) }
  } finally {
    await orm.close(true)
  }
}

/** A file's size in bytes and SHA-256. */
export async function measure(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') }
}
