import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isNodeError } from '../../model/failure.ts'
import type { FolderName } from './folders.ts'
import type { AssetStore } from './store.ts'

export interface StoredFile {
  /** Within the store. */
  path: string
  bytes: number
  /** When it was last made or asked for, in milliseconds. */
  usedAt: number
}

/** The files of one of the store's folders, or those with such names; none when there is no such folder. */
export async function listFiles(
  store: AssetStore,
  folder: FolderName,
  isWanted: (name: string) => boolean = () => true,
): Promise<StoredFile[]> {
  const root = store.absolute(folder)
  const entries = await orNone(readdir(root, { recursive: true, withFileTypes: true }))
  const files: StoredFile[] = []
  for (const entry of entries ?? []) {
    if (!entry.isFile() || !isWanted(entry.name)) continue
    const file = path.join(entry.parentPath, entry.name)
    // It may be gone since the folder was read.
    const found = await orNone(stat(file))
    if (!found) continue
    files.push({ path: store.relative(file), bytes: found.size, usedAt: found.mtimeMs })
  }
  return files
}

/** Null where there is no such file or folder. */
export async function orNone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (isNodeError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}
