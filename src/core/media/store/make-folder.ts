import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isNodeError } from '../../model/failure.ts'

/**
 * Makes a folder and those above it that are missing, one by one: Node's recursive mkdir (24.21) never returns where the
 * system says that a folder cannot be found although the one above is there, as it does below /proc.
 * @throws what mkdir says.
 */
export async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found?.isDirectory()) return
  const parent = path.dirname(folder)
  if (!found && parent !== folder) await makeFolder(parent)
  try {
    await mkdir(folder)
  } catch (error) {
    // Somebody else may have made it at the same moment.
    const isThere = isNodeError(error) && error.code === 'EEXIST' && (await stat(folder)).isDirectory()
    if (!isThere) throw error
  }
}
