import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** The files under a folder, including the database's, that contain any of the words verbatim. */
export async function filesWith(folder: string, ...words: string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const content = await readFile(file)
    if (words.some((word) => content.includes(word))) found.push(path.relative(folder, file))
  }
  return found.sort()
}
