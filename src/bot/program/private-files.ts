import { existsSync } from 'node:fs'
import { chmod, stat } from 'node:fs/promises'
import { isNodeError } from '../../core/model/failure.ts'

/** The permission bits of group and others. */
const OTHERS = 0o077
/** The folder is shared by everyone, such as /tmp. */
const STICKY = 0o1000

/**
 * Makes this process and its children create files and folders for their owner only. Call it before anything is written.
 * @returns the previous umask, for files that are meant for others.
 */
export function keepFilesPrivate(): number {
  return process.umask(OTHERS)
}

/** Whether other accounts on this machine have any access to a file or folder; false on systems without such rights (Windows). */
export async function isOpenToOthers(file: string): Promise<boolean> {
  if (process.getuid === undefined || !existsSync(file)) return false
  return ((await stat(file)).mode & OTHERS) !== 0
}

/**
 * Restricts DATA_DIR and the database, which an earlier version may have created, to their owner. This also protects
 * everything else in the folder.
 * @param warn called with one sentence for each that has to be left unchanged.
 */
export async function makePrivate(
  folder: string,
  database: string,
  warn: (sentence: string) => void,
): Promise<void> {
  for (const file of [folder, ...['', '-wal', '-shm'].map((suffix) => `${database}${suffix}`)]) {
    if (!(await isOpenToOthers(file))) continue
    const reason = await takeAway(file)
    if (reason !== null) warn(`Other users of this machine can read ${file}: ${reason}`)
  }
}

/** @returns why it isn't possible. */
async function takeAway(file: string): Promise<string | null> {
  const { mode, uid } = await stat(file)
  // Root could change other accounts' files, which would surprise their owners.
  if (uid !== process.getuid?.()) return 'it belongs to another user.'
  if ((mode & STICKY) !== 0) return 'it is a shared folder. Set DATA_DIR to a folder only for Rushes.'
  try {
    await chmod(file, mode & 0o700)
    return null
  } catch (error) {
    return `its permissions cannot be changed (${isNodeError(error) ? error.code : error}).`
  }
}
