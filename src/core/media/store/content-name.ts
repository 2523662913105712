import { stat } from 'node:fs/promises'
import path from 'node:path'

/**
 * What stands for a file's content in a cache key. Within the store the name is the content, and the folder
 * itself may be moved; a file outside may be replaced under the same name, so its size and time count.
 */
export async function contentName(storeRoot: string, file: string): Promise<string> {
  const relative = path.relative(storeRoot, file)
  if (!relative.startsWith('..') && !path.isAbsolute(relative)) return relative.replaceAll(path.sep, '/')
  const state = await stat(file).catch(() => null)
  return `${file}:${state?.size ?? 0}:${state?.mtimeMs ?? 0}`
}
