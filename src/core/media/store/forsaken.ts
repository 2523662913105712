import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Milliseconds after which a killed backup's leftovers belong to nobody. */
const FORSAKEN = 24 * 3_600_000
const FORSAKEN_NAME = /^\.(backup|restore)-/

/** Removes the leftovers of killed backups and restores from the data folder, which contain data deleted from drafts long ago. */
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
