import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** The distinct permission modes of a folder and everything in it. */
export async function modesIn(folder: string): Promise<{ folders: number[]; files: number[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const folders = new Set([await modeOf(folder)])
  const files = new Set<number>()
  for (const entry of entries)
    (entry.isDirectory() ? folders : files).add(await modeOf(path.join(entry.parentPath, entry.name)))
  return { folders: [...folders], files: [...files] }
}

async function modeOf(file: string): Promise<number> {
  return (await stat(file)).mode & 0o777
}
