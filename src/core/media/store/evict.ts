import { CACHES } from '../../model/folders.ts'
import type { Store, StoredFile } from '../../model/store.ts'

/** The number and total bytes of files that were or would be removed. */
export interface Freed {
  files: number
  bytes: number
}

/**
 * Evicts recreatable files from the caches, least recently used first: clips, sounds, previews and bundles. Files held by
 * running work stay.
 * @param excess given the bytes in the caches, returns how many are too many.
 * @param options.unusedSince in milliseconds; files used later stay. For a process that doesn't know what another one
 * holds.
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
    // Files used since they were listed stay.
    const removed = dryRun ? bytes : await store.discard(path, usedAt)
    if (removed === null) continue
    freed.files += 1
    freed.bytes += removed
  }
  return freed
}

/** Stills are evicted last: they are small, and shown in threads. */
function byUse(a: StoredFile, b: StoredFile): number {
  return Number(a.path.endsWith('.jpg')) - Number(b.path.endsWith('.jpg')) || a.usedAt - b.usedAt
}
