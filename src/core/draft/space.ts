import { statfs } from 'node:fs/promises'
import { evictCaches } from '../media/store/evict.ts'
import { UserError } from '../model/errors.ts'
import type { Core } from './core.ts'
import type { AskedJob } from './payloads.ts'

const MEGABYTE = 1024 ** 2
/** As a multiple of the space that has to stay free: background work leaves some for people's requests. */
const UNASKED = 2

/** Free bytes on a folder's disk. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Whether there is enough space for background work. */
export async function hasSpace({ freeBytes, minFreeBytes }: Core): Promise<boolean> {
  return (await freeBytes()) >= UNASKED * minFreeBytes
}

/**
 * Ensures that there is space for a render. If not, caches are cleaned until there is, and a full cleanup is requested,
 * whose report includes what was freed here.
 * @throws UserError `disk_low`
 */
export async function requireSpace(core: Core): Promise<void> {
  const missing = core.minFreeBytes - (await core.freeBytes())
  if (missing <= 0) return
  const freed = await evictCaches(core.store, (total) => (total < missing ? 0 : missing))
  core.log.warn({ freed: freed.bytes, files: freed.files }, 'caches cleared because the disk is nearly full')
  await core.jobs.enqueue({ ...CLEANUP_JOB, payload: { freedBefore: freed.bytes } })
  const free = await core.freeBytes()
  if (free >= core.minFreeBytes) return
  throw new UserError('disk_low', {
    freeMegabytes: Math.floor(free / MEGABYTE),
    neededMegabytes: Math.floor(core.minFreeBytes / MEGABYTE),
  })
}

/** One at a time; it doesn't belong to a draft or workspace. */
export const CLEANUP_JOB = {
  kind: 'cleanup',
  key: 'cleanup',
  draftId: null,
  workspace: '',
  requester: null,
  payload: {},
} as const satisfies AskedJob
