import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Database } from '../../db/database.ts'
import type { Freed } from './evict.ts'
import { listFiles, type StoredFile } from './list-files.ts'
import { unreferenced } from './references.ts'
import type { AssetStore } from './store.ts'

/** Folders whose files belong to somebody: to a segment, a kept revision or a render. */
const OWNED = ['voices', 'footage', 'videos']

/**
 * Removes files that nothing in the database refers to, once nobody has used them since `unusedSince` (milliseconds). What
 * comes to be used while this runs stays: it is held, or was touched later than the database was read.
 */
export async function sweepUnused(
  db: Database,
  store: AssetStore,
  unusedSince: number,
  { dryRun = false } = {},
): Promise<Freed> {
  const readAt = Date.now()
  const limit = Math.min(unusedSince, readAt)
  const files = (await Promise.all(OWNED.map((folder) => listFiles(store, folder)))).flat()
  const old = files.filter(({ usedAt, path }) => usedAt <= limit && !isHidden(path))
  const media = old.filter(({ path }) => !path.endsWith('.json'))
  const unused = new Set(await unreferenced(db.fork(), new Set(media.map(({ path }) => path))))
  const freed = remove(
    store,
    media.filter(({ path }) => unused.has(path)),
    limit,
    dryRun,
  )
  // What says of a voice where its recording is goes with the recording.
  const notes = old.filter(({ path }) => path.endsWith('.json'))
  const orphans: StoredFile[] = []
  for (const note of notes)
    if (!(await hasRecording(store, note.path, dryRun ? unused : null))) orphans.push(note)
  const more = remove(store, orphans, limit, dryRun)
  return { files: freed.files + more.files, bytes: freed.bytes + more.bytes }
}

/**
 * Removes what processes that are dead have left half done: temporary files and partial videos that were last written
 * before `writtenBefore` (milliseconds). Only for the process that has the folder to itself.
 */
export async function sweepLeftovers(
  store: AssetStore,
  writtenBefore: number,
  { dryRun = false } = {},
): Promise<Freed> {
  const partial = await listFiles(store, 'videos', isHidden)
  const left = [...(await listFiles(store, 'tmp')), ...partial].filter(({ usedAt }) => usedAt < writtenBefore)
  if (!dryRun) for (const { path } of left) await rm(store.absolute(path), { force: true })
  return { files: left.length, bytes: left.reduce((sum, { bytes }) => sum + bytes, 0) }
}

function remove(store: AssetStore, files: StoredFile[], limit: number, dryRun: boolean): Freed {
  const freed: Freed = { files: 0, bytes: 0 }
  for (const { path, bytes } of files) {
    const removed = dryRun ? bytes : store.discard(path, limit)
    if (removed === null) continue
    freed.files += 1
    freed.bytes += removed
  }
  return freed
}

const Note = z.object({ path: z.string() })

async function hasRecording(
  store: AssetStore,
  note: string,
  asGone: ReadonlySet<string> | null,
): Promise<boolean> {
  try {
    const { path } = Note.parse(JSON.parse(await readFile(store.absolute(note), 'utf8')))
    return !asGone?.has(path) && (await store.has(path))
  } catch {
    // Gone or damaged: it says nothing any more.
    return false
  }
}

function isHidden(file: string): boolean {
  return path.basename(file).startsWith('.')
}
