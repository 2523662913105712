import { AccountEntity } from '../../../db/entities/account.ts'
import type { Draft } from '../../../db/entities/draft.ts'
import { newestJob } from '../../../db/queries/jobs.ts'
import type { UploadChannel, UploadShown } from '../../model/read-models.ts'
import type { Core } from '../core.ts'
import { readPayload } from '../payloads.ts'
import { presentDetails } from './details.ts'
import { accountFor, keyOfUpload } from './enqueue-upload.ts'

/**
 * What people are shown about a video's upload.
 * @param render the job that made it.
 * @returns null if nothing can be or was uploaded.
 */
export async function uploadShown(core: Core, draft: Draft, render: string): Promise<UploadShown | null> {
  if (core.platforms.length === 0) return null
  const em = core.db.fork()
  const job = await newestJob(em, { kind: 'upload', key: keyOfUpload(render) })
  const payload = readPayload('upload', job)
  const id = payload ? payload.accountId : await accountFor(em, draft)
  const account = id === null ? null : await em.findOne(AccountEntity, { id })
  if (!job || !payload) return account && { channel: account.name, upload: null }
  const { video, troubles } = payload
  const details = presentDetails(payload.details, core.clock())
  const isPublished = details !== payload.details
  const { state, progress, error, youtubeUrl } = job
  return {
    channel: account?.name ?? '',
    upload: {
      ...{ number: job.id, jobId: job.jobId },
      ...{ state, progress, error, troubles, asked: details.privacy },
      publishAt: details.publishAt === null ? null : new Date(details.publishAt),
      onPlatform:
        video && youtubeUrl !== null
          ? { url: youtubeUrl, privacy: isPublished ? 'public' : video.privacy }
          : null,
    },
  }
}

/** The channel that a draft's video would go to now; null where none is linked. */
export async function uploadChannel(
  { db }: Pick<Core, 'db'>,
  draft: Pick<Draft, 'accountId' | 'workspace'>,
): Promise<UploadChannel | null> {
  const em = db.fork()
  const id = await accountFor(em, draft)
  const account = id === null ? null : await em.findOne(AccountEntity, { id })
  return account && { name: account.name, problem: account.problem ?? null }
}
