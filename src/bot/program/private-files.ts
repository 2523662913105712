import { existsSync } from 'node:fs'
import { chmod, stat } from 'node:fs/promises'
import { isNodeError } from '../../core/model/failure.ts'

/** What group and others may do with a file. */
const OTHERS = 0o077
/** The folder is everybody's, such as /tmp. */
const STICKY = 0o1000

/**
 * Has this process and its children make files and folders for their owner alone. To be called before anything is written.
 * @returns the umask that was set before, for a file that is made for somebody else.
 */
export function keepFilesPrivate(): number {
  return process.umask(OTHERS)
}

/** Whether others on this machine may do anything with a file or folder; false where there are no such rights (Windows). */
export async function isOpenToOthers(file: string): Promise<boolean> {
  if (process.getuid === undefined || !existsSync(file)) return false
  return ((await stat(file)).mode & OTHERS) !== 0
}

/**
 * Takes DATA_DIR and the database, which an earlier version may have made, away from everybody but their owner. What is in
 * the folder besides cannot be reached then.
 * @param warn is given one sentence for each that has to be left as it is.
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

/** @returns why it cannot be done. */
async function takeAway(file: string): Promise<string | null> {
  const { mode, uid } = await stat(file)
  // As root one may change what is somebody else's, who would then be surprised.
  if (uid !== process.getuid?.()) return 'it belongs to another user.'
  if ((mode & STICKY) !== 0) return 'it is a shared folder. Set DATA_DIR to a folder only for Rushes.'
  try {
    await chmod(file, mode & 0o700)
    return null
  } catch (error) {
    return `its permissions cannot be changed (${isNodeError(error) ? error.code : error}).`
  }
}
