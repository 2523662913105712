import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '../../db/database.ts'
import { unreferenced } from '../draft/references.ts'
import { discardFiles } from '../media/store/discard.ts'
import type { Freed } from '../media/store/evict.ts'
import { FOLDERS, type FolderName, foldersThatAre } from '../media/store/folders.ts'
import { listFiles, orNone, type StoredFile } from '../media/store/list-files.ts'
import type { AssetStore } from '../media/store/store.ts'

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
  const limit = Math.min(unusedSince, Date.now())
  const files = await filesOf(store, foldersThatAre('owned', 'made'))
  const old = files.filter(({ usedAt, path }) => usedAt <= limit && !isHidden(path))
  const unused = await unreferenced(db.fork(), new Set(old.map(({ path }) => path)))
  return discardFiles(store, unused, limit, { dryRun })
}

/** Removes what is only kept for a time and was written before `writtenBefore` (milliseconds). */
export async function sweepOutdated(
  store: AssetStore,
  writtenBefore: number,
  options: { dryRun?: boolean } = {},
): Promise<Freed> {
  return remove(store, await filesOf(store, foldersThatAre('dated')), writtenBefore, options)
}

/**
 * Removes what processes that are dead have left half done, in whatever folder: temporary files and partial videos that
 * were last written before `writtenBefore` (milliseconds). Only for the process that has the folder to itself.
 */
export async function sweepLeftovers(
  store: AssetStore,
  writtenBefore: number,
  options: { dryRun?: boolean } = {},
): Promise<Freed> {
  const partial = await filesOf(store, foldersThatAre('owned', 'made'), isHidden)
  const passing = await filesOf(store, foldersThatAre('passing'))
  return remove(store, [...passing, ...partial], writtenBefore, options)
}

/** What the folder of the store holds besides: somebody else's, and left alone. Names, sorted. */
export async function foreignEntries(store: AssetStore): Promise<string[]> {
  // With a database elsewhere there may be no folder yet.
  const entries = await orNone(readdir(store.root))
  return (entries ?? []).filter((name) => !Object.hasOwn(FOLDERS, name) && !BESIDE.test(name)).sort()
}

/** The database and the lock, with the files that SQLite keeps next to each. */
const BESIDE = /^(.+\.sqlite(-wal|-shm|-journal)?|lock\.json(\.\d+)?)$/

async function filesOf(
  store: AssetStore,
  folders: FolderName[],
  isWanted?: (name: string) => boolean,
): Promise<StoredFile[]> {
  return (await Promise.all(folders.map((folder) => listFiles(store, folder, isWanted)))).flat()
}

async function remove(
  store: AssetStore,
  files: StoredFile[],
  writtenBefore: number,
  { dryRun = false }: { dryRun?: boolean },
): Promise<Freed> {
  const left = files.filter(({ usedAt }) => usedAt < writtenBefore)
  if (!dryRun) for (const { path } of left) await rm(store.absolute(path), { force: true })
  return { files: left.length, bytes: left.reduce((sum, { bytes }) => sum + bytes, 0) }
}

function isHidden(file: string): boolean {
  return path.basename(file).startsWith('.')
}
