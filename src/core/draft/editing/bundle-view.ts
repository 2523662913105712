import type { Job } from '../../../db/entities/job.ts'
import { newestJob } from '../../../db/queries/jobs.ts'
import type { EntityManager } from '../../../db/types.ts'
import type { BundleView } from '../../model/read-models.ts'
import type { Core } from '../core.ts'
import { readPayload } from '../payloads.ts'

/** What people are shown about a video's files for editing programs; null if nobody has requested them. */
export async function bundleShown(core: Core, render: string): Promise<BundleView | null> {
  const job = await newestJob(core.db.fork(), { kind: 'bundle', key: keyOfBundle(render) })
  if (!job) return null
  const { id: number, jobId, state, progress, error } = job
  const { file: path = null, hasMusic = true } = readPayload('bundle', job) ?? {}
  const bytes = path === null ? null : await core.store.size(path)
  return { number, jobId, state, progress, error, path, bytes, hasMusic }
}

/** The store path of the files for editing programs of a draft's latest video; null if they don't exist. */
export async function readyBundle(core: Core, draftId: string): Promise<string | null> {
  const rendered = await newestRender(core.db.fork(), draftId)
  return (rendered && (await bundleShown(core, rendered.jobId)))?.path ?? null
}

/** A draft's latest render whose video exists. */
export function newestRender(em: EntityManager, draftId: string): Promise<Job | null> {
  return newestJob(em, { draftId, kind: 'finalize', state: 'done', outputVideoPath: { $ne: null } })
}

/** One bundle per video at a time. */
export function keyOfBundle(render: string): string {
  return `bundle:${render}`
}
