import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isNodeError } from '../../model/failure.ts'

/**
 * Creates a folder and its missing ancestors, one by one: Node's recursive mkdir (24.21) never returns if the system
 * reports a folder as not found although its parent exists, as happens below /proc.
 * @throws mkdir's error.
 */
export async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found?.isDirectory()) return
  const parent = path.dirname(folder)
  if (!found && parent !== folder) await makeFolder(parent)
  try {
    await mkdir(folder)
  } catch (error) {
    // It may have been created at the same moment.
    const isThere = isNodeError(error) && error.code === 'EEXIST' && (await stat(folder)).isDirectory()
    if (!isThere) throw error
  }
}
