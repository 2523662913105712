import { CACHES } from '../../model/folders.ts'
import type { Store, StoredFile } from '../../model/store.ts'

/** How many files, and how many bytes of them, were or would be removed. */
export interface Freed {
  files: number
  bytes: number
}

/**
 * Removes from the caches, least recently used first, what can be made again: clips, sounds, previews and bundles. What
 * work under way holds stays.
 * @param excess of so many bytes in the caches, how many are too many.
 * @param options.unusedSince milliseconds; what was used later stays. For a process that does not know what another one holds.
 */
export async function evictCaches(
  store: Store,
  excess: (total: number) => number,
  { dryRun = false, unusedSince = Number.POSITIVE_INFINITY } = {},
): Promise<Freed> {
  const files = (await Promise.all(CACHES.map((kind) => store.list(kind)))).flat()
  const surplus = excess(files.reduce((sum, { bytes }) => sum + bytes, 0))
  const freed: Freed = { files: 0, bytes: 0 }
  for (const { path, bytes, usedAt } of files.toSorted(byUse)) {
    if (freed.bytes >= surplus) break
    if (usedAt > unusedSince) continue
    // Whatever has been used since it was listed stays.
    const removed = dryRun ? bytes : await store.discard(path, usedAt)
    if (removed === null) continue
    freed.files += 1
    freed.bytes += removed
  }
  return freed
}

/** Stills go last: they are small, and messages in threads show them. */
function byUse(a: StoredFile, b: StoredFile): number {
  return Number(a.path.endsWith('.jpg')) - Number(b.path.endsWith('.jpg')) || a.usedAt - b.usedAt
}
