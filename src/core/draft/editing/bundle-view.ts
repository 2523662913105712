import type { Job } from '../../../db/entities/job.ts'
import { newestJob } from '../../../db/queries/jobs.ts'
import type { EntityManager } from '../../../db/types.ts'
import type { BundleView } from '../../model/read-models.ts'
import type { Core } from '../core.ts'
import { readPayload } from '../payloads.ts'

/** What people are shown of the files for editing programs of a video; null where nobody has asked for them. */
export async function bundleShown(core: Core, render: string): Promise<BundleView | null> {
  const job = await newestJob(core.db.fork(), { kind: 'bundle', key: keyOfBundle(render) })
  if (!job) return null
  const { id: number, jobId, state, progress, error } = job
  const { file: path = null, hasMusic = true } = readPayload('bundle', job) ?? {}
  const bytes = path === null ? null : await core.store.size(path)
  return { number, jobId, state, progress, error, path, bytes, hasMusic }
}

/** Where the files for editing programs of a draft's newest video are in the store; null where they are not. */
export async function readyBundle(core: Core, draftId: string): Promise<string | null> {
  const rendered = await newestRender(core.db.fork(), draftId)
  return (rendered && (await bundleShown(core, rendered.jobId)))?.path ?? null
}

/** The newest render of a draft whose video is there. */
export function newestRender(em: EntityManager, draftId: string): Promise<Job | null> {
  return newestJob(em, { draftId, kind: 'finalize', state: 'done', outputVideoPath: { $ne: null } })
}

/** One bundle of each video at a time. */
export function keyOfBundle(render: string): string {
  return `bundle:${render}`
}
