import { statfs } from 'node:fs/promises'
import type { Core } from '../core.ts'
import { UserError } from '../errors.ts'
import { evictCaches } from './evict.ts'

const MEGABYTE = 1024 ** 2

/** Whether the disk has as much room as has to stay free. */
export async function hasSpace(core: Core): Promise<boolean> {
  return (await missingBytes(core)) <= 0
}

/**
 * Makes sure that there is room for a render; caches are cleaned first when there is not.
 * @throws UserError `disk_low`
 */
export async function requireSpace(core: Core): Promise<void> {
  const missing = await missingBytes(core)
  if (missing <= 0) return
  const freed = await evictCaches(core.store, () => missing)
  core.log.warn({ freed: freed.bytes, files: freed.files }, 'caches cleaned, as the disk is nearly full')
  const still = await missingBytes(core)
  if (still <= 0) return
  const inMegabytes = (bytes: number) => Math.max(0, Math.floor(bytes / MEGABYTE))
  throw new UserError('disk_low', {
    freeMegabytes: inMegabytes(core.minFreeBytes - still),
    neededMegabytes: inMegabytes(core.minFreeBytes),
  })
}

async function missingBytes({ store, minFreeBytes }: Core): Promise<number> {
  const { bavail, bsize } = await statfs(store.root)
  return minFreeBytes - bavail * bsize
}
