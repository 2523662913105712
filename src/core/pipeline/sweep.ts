import path from 'node:path'
import type { Database } from '../../db/database.ts'
import { unreferenced } from '../draft/references.ts'
import { discardFiles } from '../media/store/discard.ts'
import type { Freed } from '../media/store/evict.ts'
import { type FolderName, foldersThatAre } from '../model/folders.ts'
import type { Store, StoredFile } from '../model/store.ts'

/**
 * Removes files that nothing in the database refers to, and that have not been used since `unusedSince` (milliseconds).
 * Files that get used while this runs stay: they are held, or were touched after the database was read.
 */
export async function sweepUnused(
  db: Database,
  store: Store,
  unusedSince: number,
  { dryRun = false } = {},
): Promise<Freed> {
  const limit = Math.min(unusedSince, Date.now())
  const files = await filesOf(store, foldersThatAre('owned', 'made'))
  const old = files.filter(({ usedAt, path }) => usedAt <= limit && !isHidden(path))
  const unused = await unreferenced(db.fork(), new Set(old.map(({ path }) => path)))
  return discardFiles(store, unused, limit, { dryRun })
}

/** Removes temporarily kept files that were written before `writtenBefore` (milliseconds). */
export async function sweepOutdated(
  store: Store,
  writtenBefore: number,
  options: { dryRun?: boolean } = {},
): Promise<Freed> {
  return remove(store, await filesOf(store, foldersThatAre('dated')), writtenBefore, options)
}

/**
 * Removes incomplete files of dead processes in all folders: temporary files and partial videos last written before
 * `writtenBefore` (milliseconds). Only for the process that has the folder to itself.
 */
export async function sweepLeftovers(
  store: Store,
  writtenBefore: number,
  options: { dryRun?: boolean } = {},
): Promise<Freed> {
  const partial = await filesOf(store, foldersThatAre('owned', 'made'), isHidden)
  const passing = await filesOf(store, foldersThatAre('passing'))
  return remove(store, [...passing, ...partial], writtenBefore, options)
}

async function filesOf(
  store: Store,
  folders: FolderName[],
  isWanted?: (name: string) => boolean,
): Promise<StoredFile[]> {
  return (await Promise.all(folders.map((folder) => store.list(folder, isWanted)))).flat()
}

async function remove(
  store: Store,
  files: StoredFile[],
  writtenBefore: number,
  { dryRun = false }: { dryRun?: boolean },
): Promise<Freed> {
  const left = files.filter(({ usedAt }) => usedAt < writtenBefore)
  if (!dryRun) for (const { path } of left) await store.remove(path)
  return { files: left.length, bytes: left.reduce((sum, { bytes }) => sum + bytes, 0) }
}

function isHidden(file: string): boolean {
  return path.basename(file).startsWith('.')
}
