import { AuditEntity } from '../../../db/entities/audit.ts'
import type { Draft } from '../../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../../db/entities/job.ts'
import { hashOf } from '../../media/store/hash.ts'
import { StaleEditError, UserError } from '../../model/errors.ts'
import type { UploadedVideo } from '../../model/upload-target.ts'
import { accessOf } from '../accounts/access.ts'
import { platformOfAccount } from '../accounts/platform-of.ts'
import { recordAct } from '../audit.ts'
import type { Core } from '../core.ts'
import { findDraft } from '../load.ts'
import { type Payload, type PayloadInput, payloadOf, type UploadChoice } from '../payloads.ts'
import type { EditScope } from '../scope.ts'
import { detailsOf, presentDetails } from './details.ts'
import type { UploadWords } from './enqueue-upload.ts'
import { requireMayPublish } from './may-publish.ts'
import { cleanWords } from './request-upload.ts'

/** The details of an uploaded video that can be changed; the rest stays as declared. */
export type UploadChange = Partial<UploadWords & Pick<UploadChoice, 'privacy' | 'publishAt'>>

/** Milliseconds that a person waits for the platform. */
const PATIENCE = 45_000
/** Maximum number of a draft's latest changes among which the last one of a video is looked for. */
const LATEST = 20

/** A draft's video on a platform. */
export interface OnPlatform {
  draft: Draft
  job: Job
  payload: Payload<'upload'> & { video: NonNullable<Payload<'upload'>['video']> }
  /** Changes whenever a person changes the details. */
  version: string
}

/**
 * A draft's uploaded video.
 * @param number from `UploadView`. @throws UserError if it isn't there.
 */
export async function uploadedVideo(
  core: Core,
  { workspace, draftId }: EditScope,
  number: number,
): Promise<OnPlatform> {
  const draft = await findDraft(core, workspace, draftId)
  const which = { id: number, draftId, kind: 'upload', youtubeUrl: { $ne: null } } as const
  const job = await core.db.fork().findOne(JobEntity, which)
  const payload = job && payloadOf('upload', job)
  if (!job || !payload?.video) throw new UserError('not_uploaded')
  const version = hashOf(payload.details).slice(0, 16)
  const details = presentDetails(payload.details, core.clock())
  return { draft, job, payload: { ...payload, details, video: payload.video }, version }
}

/**
 * Changes a video's details or visibility.
 * @param onlyVersion the version the person saw; null to overwrite the current details.
 * @returns the video's resulting state, as decided by the platform.
 * @throws StaleEditError if someone else has changed it since; UserError if it isn't there, for the platform's refusals, and if a
 * second person is required; ProviderError.
 */
export function changeUploaded(
  core: Core,
  scope: EditScope,
  number: number,
  change: UploadChange,
  onlyVersion: string | null = null,
): Promise<UploadedVideo> {
  return core.turns.take(`upload ${scope.draftId}`, async () => {
    const { draft, job, payload, version } = await uploadedVideo(core, scope, number)
    if (onlyVersion !== null && onlyVersion !== version)
      throw new StaleEditError(await lastChangedBy(core, draft.draftId, job.jobId))
    const before = payload.details
    const words = cleanWords({ ...before, ...given(change) })
    const { privacy = before.privacy, publishAt = before.publishAt } = change
    const { category = before.category } = words
    const details = { ...before, ...words, category, privacy, publishAt }
    const isNew = privacy !== before.privacy || publishAt !== before.publishAt
    const em = core.db.fork()
    if (isNew) await requireMayPublish(core, em, draft, scope.actor, job.requesterId, { privacy, publishAt })
    const { id, platform } = await platformOfAccount(core, payload.accountId)
    const wanted = detailsOf({ details })
    platform.uploads.check(wanted, core.clock())
    const options = { access: accessOf(core, id), signal: AbortSignal.timeout(PATIENCE) }
    const video = await platform.uploads.update(payload.video.id, wanted, options)
    await core.db.transaction(async (em) => {
      const now = core.clock()
      // The upload may have added a poster or captions, and ended, in the meantime.
      const row = await em.findOneOrFail(JobEntity, { jobId: job.jobId })
      const changed: PayloadInput<'upload'> = {
        ...payloadOf('upload', row),
        ...{ details, video: { id: video.id, privacy: video.privacy } },
      }
      await em.nativeUpdate(
        JobEntity,
        { jobId: job.jobId },
        // A trigger counts state changes for threads that aren't currently displayed.
        { state: row.state, payload: changed, updatedAt: now },
      )
      const about = { place: draft, draftId: draft.draftId, actor: scope.actor, now }
      const facts = { job: job.jobId, video: video.id, privacy: video.privacy }
      await recordAct(em, 'upload_changed', about, facts)
    })
    core.events.changed(draft.draftId)
    return video
  })
}

/** The person who last changed this video; empty if unknown. */
async function lastChangedBy({ db }: Core, draftId: string, jobId: string): Promise<string> {
  const which = { draftId, act: 'upload_changed' }
  const latest = await db.fork().find(AuditEntity, which, { orderBy: { id: 'desc' }, limit: LATEST })
  return latest.find(({ facts }) => facts.job === jobId)?.actorName ?? ''
}

/** Without undefined fields. */
function given({ title, description, tags, category }: UploadChange): Partial<UploadWords> {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(category !== undefined && { category }),
  }
}
