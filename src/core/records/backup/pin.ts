import { constants, copyFile, link, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isNodeError } from '../../model/failure.ts'
import { isBesideFilm } from '../../model/film-files.ts'
import type { Inventory } from './inventory.ts'
import { BackupError, isPlain } from './manifest.ts'

/** How many copies of the database have to refer to a nonexistent file before it counts as lost. */
const LOOKS = 4
/** Milliseconds between two copies; a file about to be removed may be put back. */
const PAUSE = 200

export interface Pinned extends Inventory {
  /** Where each file is kept, whatever happens to it in the store. */
  pinned: Map<string, string>
  missing: string[]
}

/**
 * Pins the files that a copy of the database refers to. If one was removed between the copy and this, the database no
 * longer refers to it, so another copy is made.
 * @param pins an empty folder on the disk of `root`.
 * @param take replaces the previous copy with a new one, and returns the files it refers to.
 * @throws BackupError if the database refers to a file outside the store.
 */
export async function pinTogether(
  root: string,
  pins: string,
  take: () => Promise<Inventory>,
): Promise<Pinned> {
  for (let look = 1; ; look += 1) {
    const inventory = await take()
    const pinned = new Map<string, string>()
    const missing: string[] = []
    for (const [index, file] of inventory.files.entries()) {
      if (!isPlain(file))
        throw new BackupError(`The database refers to a file outside the data folder: ${file}`)
      const pin = path.join(pins, String(index))
      if (await pinFile(path.join(root, file), pin)) pinned.set(file, pin)
      // Films of earlier versions have no accompanying files.
      else if (!isBesideFilm(file)) missing.push(file)
    }
    if (missing.length === 0 || look === LOOKS) return { ...inventory, pinned, missing }
    await setTimeout(PAUSE)
  }
}

/**
 * Creates a hard link to a file, which stays when the original is removed; files of the store never change. @returns false
 * if the file doesn't exist or is empty.
 */
async function pinFile(file: string, pin: string): Promise<boolean> {
  try {
    // Pinned by an earlier attempt.
    await rm(pin, { force: true })
    await link(file, pin)
  } catch (error) {
    if (isMissing(error)) return false
    // Not every file system supports hard links.
    const isCopied = await copyFile(file, pin, constants.COPYFILE_FICLONE).then(
      () => true,
      (cause: unknown) => {
        if (isMissing(cause)) return false
        throw cause
      },
    )
    if (!isCopied) return false
  }
  return (await stat(pin)).size > 0
}

function isMissing(error: unknown): boolean {
  return isNodeError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
