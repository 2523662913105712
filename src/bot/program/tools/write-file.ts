import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { isDiskFull, isNodeError } from '../../../core/model/failure.ts'
import { ToolError, UsageError } from './tool.ts'

/**
 * Writes a file that only its owner can read: in a private folder next to it, and moved into place once complete. If
 * anything fails, nothing incomplete is left, and an existing file stays unchanged.
 * @param produce writes the file (with mode 0600); it may create others next to it, which are deleted with the folder.
 * @throws UsageError if the file exists and `force` isn't set, or if the location isn't writable; ToolError if the disk is
 * full.
 */
export async function writeWhole(
  file: string,
  { force }: { force: boolean },
  produce: (temporary: string) => Promise<void>,
): Promise<void> {
  if (!force && existsSync(file)) throw new UsageError(`${file} already exists. Use --force to replace it.`)
  const folder = await beside(file)
  try {
    const temporary = path.join(folder, 'new')
    await produce(temporary)
    await rename(temporary, file)
  } catch (cause) {
    throw asLine(file, cause)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function beside(file: string): Promise<string> {
  try {
    if (path.basename(file) === '' || file.endsWith(path.sep)) throw new UsageError(`${file} is a folder.`)
    return await mkdtemp(path.join(path.dirname(file), `.${path.basename(file).slice(0, 100)}-`))
  } catch (cause) {
    throw asLine(file, cause)
  }
}

/** Translates file system errors; others are returned unchanged. */
function asLine(file: string, cause: unknown): unknown {
  if (isDiskFull(cause)) return new ToolError(`${file} cannot be written: the disk is full.`, { cause })
  const isOurs = isNodeError(cause) && cause.syscall !== undefined
  return isOurs ? new UsageError(`${file} cannot be written (${cause.code}).`, { cause }) : cause
}
