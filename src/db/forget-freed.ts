import { setTimeout } from 'node:timers/promises'
import SqliteFile from 'better-sqlite3'
import type { EntityManager } from './types.ts'

/** Milliseconds before each attempt. Whatever is reading or writing right now will be done soon. */
const PAUSES = [0, 50, 250]

/**
 * Merges the write-ahead log into the database file and empties it: the log still holds deleted data, which the file itself has
 * overwritten (`secure_delete`). Uses a separate connection that waits for nobody, so nobody waits for it.
 * @returns false if another connection was in use at every attempt; the next call has to do it then.
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
    // Locked, full or gone: the next operation that needs the database will report it.
    return false
  } finally {
    connection?.close()
  }
}

/** `user_version` of a file in which all deleted data has been overwritten. */
const CLEAN = 1

/**
 * Rewrites, once, a file in which earlier versions only marked deleted data as free. If there is no space for that, or another
 * process uses the file, the next start does it.
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
    // Nothing has changed, and everything else works without it.
  }
}
