import { statfs } from 'node:fs/promises'
import { evictCaches } from '../media/store/evict.ts'
import { UserError } from '../model/errors.ts'
import type { Core } from './core.ts'
import type { AskedJob } from './payloads.ts'

const MEGABYTE = 1024 ** 2
/** Times the room that has to stay free: what nobody has asked for yet leaves some to what somebody will. */
const UNASKED = 2

/** Bytes that are free on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Whether there is room for what is made in the background. */
export async function hasSpace({ freeBytes, minFreeBytes }: Core): Promise<boolean> {
  return (await freeBytes()) >= UNASKED * minFreeBytes
}

/**
 * Makes sure that there is room for a render. When there is not, caches are cleaned first, as long as that is enough, and a
 * cleaning of all the rest is asked for, which tells in its report what was freed here.
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

/** One at a time; it belongs to no draft and no workspace. */
export const CLEANUP_JOB = {
  kind: 'cleanup',
  key: 'cleanup',
  draftId: null,
  workspace: '',
  requester: null,
  payload: {},
} as const satisfies AskedJob
