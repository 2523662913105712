import { constants, copyFile, link, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isNodeError } from '../../model/failure.ts'
import { isBesideFilm } from '../../model/film-files.ts'
import type { Inventory } from './inventory.ts'
import { BackupError, isPlain } from './manifest.ts'

/** Copies of the database that have to name a file which is not there, before it counts as lost. */
const LOOKS = 4
/** Milliseconds between two; a file that is about to be removed may be put back. */
const PAUSE = 200

export interface Pinned extends Inventory {
  /** Where each file stays, whatever happens to it in the store. */
  pinned: Map<string, string>
  missing: string[]
}

/**
 * Keeps the files that a copy of the database names. One may be removed between the copy and this; then the database has
 * forgotten it since, so another copy is taken.
 * @param pins an empty folder on the disk of `root`.
 * @param take makes a copy in the place of the one before, and says what it names.
 * @throws BackupError when the database names a file outside of the store.
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
      // Films of earlier versions have nothing beside them.
      else if (!isBesideFilm(file)) missing.push(file)
    }
    if (missing.length === 0 || look === LOOKS) return { ...inventory, pinned, missing }
    await setTimeout(PAUSE)
  }
}

/**
 * Another name for the same file, which stays when the first is removed: files of the store never change. @returns false
 * when there is no such file, or nothing in it.
 */
async function pinFile(file: string, pin: string): Promise<boolean> {
  try {
    // What an earlier look has pinned there.
    await rm(pin, { force: true })
    await link(file, pin)
  } catch (error) {
    if (isMissing(error)) return false
    // Not every disk knows a second name.
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
