import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { isDiskFull, isNodeError } from '../../../core/model/failure.ts'
import { ToolError, UsageError } from './tool.ts'

/**
 * Writes a file for its owner's eyes only: in a folder beside it that nobody else can look into, and moved into place when it
 * is whole. If anything goes wrong, nothing half-done is left and a file that was there stays as it was.
 * @param produce writes the file (mode 0600 is its business); it may put others beside it, which go with the folder.
 * @throws UsageError when there is such a file and `force` is not given, or the place cannot be written to; ToolError when
 * there is no room.
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

/** What to tell of an error of the file system; others stay as they are. */
function asLine(file: string, cause: unknown): unknown {
  if (isDiskFull(cause)) return new ToolError(`${file} cannot be written: the disk is full.`, { cause })
  const isOurs = isNodeError(cause) && cause.syscall !== undefined
  return isOurs ? new UsageError(`${file} cannot be written (${cause.code}).`, { cause }) : cause
}
