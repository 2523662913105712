import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Milliseconds after which what a killed backup has left is nobody's. */
const FORSAKEN = 24 * 3_600_000
const FORSAKEN_NAME = /^\.(backup|restore)-/

/** Removes what backups and restores that were killed have left in the data folder: it holds what drafts have long deleted. */
export async function removeForsaken(root: string): Promise<void> {
  const names = await readdir(root).catch(() => [])
  for (const name of names) {
    if (!FORSAKEN_NAME.test(name)) continue
    const folder = path.join(root, name)
    const found = await stat(folder).catch(() => null)
    if (found && Math.abs(Date.now() - found.mtimeMs) > FORSAKEN)
      await rm(folder, { recursive: true, force: true })
  }
}
