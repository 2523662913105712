import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import { z } from 'zod'
import { isNodeError } from '../core/model/failure.ts'

/** Another process uses this folder, or the folder is unusable; `message` is one line for the person who starts Rushes. */
export class LockError extends Error {}

export interface FolderLock {
  /** Releases the folder. Safe to call twice. */
  release(): void
}

/** Who holds a folder: shown to people, never used for decisions. */
const Holder = z.object({ pid: z.number(), host: z.string(), since: z.string(), what: z.string() })

/**
 * Locks DATA_DIR for this process, by SQLite's lock on a small separate file: the system releases it when the process ends,
 * however it ends, so nothing can stay locked.
 * @param what this process is, as a second one will read it, e.g. `the bot`.
 * @throws LockError saying who holds it, or why the folder is unusable.
 */
export function lockFolder(folder: string, what: string): FolderLock {
  const file = path.join(folder, 'lock.sqlite')
  const note = path.join(folder, 'lock.json')
  const lock = takeLock(folder, file, note)
  const holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), what }
  // Written under another name first, so nobody reads half of it.
  writeFileSync(`${note}.${process.pid}`, `${JSON.stringify(holder)}\n`)
  renameSync(`${note}.${process.pid}`, note)
  return { release: () => lock.close() }
}

function takeLock(folder: string, file: string, note: string): SqliteFile.Database {
  let lock: SqliteFile.Database | undefined
  try {
    mkdirSync(folder, { recursive: true })
    lock = new SqliteFile(file, { timeout: 0 })
    // Held until the connection closes; nothing is ever written, so there is nothing to roll back.
    lock.exec('begin exclusive')
    return lock
  } catch (cause) {
    lock?.close()
    if (cause instanceof SqliteFile.SqliteError && cause.code.startsWith('SQLITE_BUSY'))
      throw new LockError(`${folder} is in use by ${holderIn(note)}. ${ADVICE}`, { cause })
    const reason = cause instanceof Error ? cause.message : String(cause)
    const detail = isNodeError(cause) ? cause.code : reason
    throw new LockError(`DATA_DIR ${folder} cannot be used: ${detail}.`, { cause })
  }
}

const ADVICE = 'Stop it first, or set DATA_DIR to another folder.'

function holderIn(note: string): string {
  try {
    const { what, pid, host, since } = Holder.parse(JSON.parse(readFileSync(note, 'utf8')))
    return `${what} (process ${pid} on ${host}, since ${since.slice(0, 19).replace('T', ' ')} UTC)`
  } catch {
    // It was locked just now, and the note isn't written yet.
    return 'another Rushes process'
  }
}
