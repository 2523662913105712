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

/** Which files the drafts of a database need, and which migrations it has; those of an older one are not made up for. */
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

/** Bytes and SHA-256 of a file. */
export async function measure(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') }
}
