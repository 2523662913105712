import { setTimeout } from 'node:timers/promises'
import SqliteFile from 'better-sqlite3'
import type { EntityManager } from './types.ts'

/** Milliseconds before each try. Somebody who reads or writes at this moment is done soon. */
const PAUSES = [0, 50, 250]

/**
 * Brings the write-ahead log into the database file and empties it: it still holds what was deleted, while the file itself
 * has it overwritten (`secure_delete`). By a connection of its own that waits for nobody, so that nobody waits for it.
 * @returns false when another connection was in use at every try; then the next time has to do.
 */
export async function forgetFreed(file: string): Promise<boolean> {
  if (file === ':memory:') return true
  for (const pause of PAUSES) {
    await setTimeout(pause)
    if (emptyLog(file)) return true
  }
  return false
}

function emptyLog(file: string): boolean {
  let connection: SqliteFile.Database | undefined
  try {
    connection = new SqliteFile(file, { timeout: 0, fileMustExist: true })
    return connection.pragma('wal_checkpoint(truncate)', { simple: true }) === 0
  } catch {
    // Locked, full or gone: the next work that needs the database will report it.
    return false
  } finally {
    connection?.close()
  }
}

/** `user_version` of a file in which everything that was ever deleted is overwritten. */
const CLEAN = 1

/**
 * Rewrites a file, once, in which earlier versions only marked as free what they deleted. Where there is no room for
 * that, or another process uses the file, the next start does it.
 */
export async function forgetEarlier(em: EntityManager): Promise<void> {
  const connection = em.getConnection()
  const [state] = await connection.execute('pragma user_version')
  if (Number(state?.user_version) >= CLEAN) return
  try {
    await connection.execute('vacuum')
    await connection.execute(`pragma user_version = ${CLEAN}`)
    await connection.execute('pragma wal_checkpoint(truncate)')
  } catch {
    // Nothing has changed; all else works without it.
  }
}
