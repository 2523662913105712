import { AccountEntity } from '../../../db/entities/account.ts'
import type { Draft } from '../../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../../db/entities/job.ts'
import { activeJobs, newestJob } from '../../../db/queries/jobs.ts'
import type { EntityManager } from '../../../db/types.ts'
import { UserError } from '../../model/errors.ts'
import { USUAL_CATEGORY } from '../../model/upload-target.ts'
import { platformOf } from '../accounts/platform-of.ts'
import type { Core } from '../core.ts'
import { loadForChange } from '../load.ts'
import type { UploadChoice } from '../payloads.ts'
import type { EditScope } from '../scope.ts'
import { cleanLine, cleanTags, cleanText } from '../validate.ts'
import { accountFor, enqueueUpload, keyOfUpload, type UploadWords } from './enqueue-upload.ts'
import { requireMayPublish } from './may-publish.ts'

/** Maximum characters: more than any platform accepts, whose own rules report what is too long. */
const LONGEST = 10_000

export interface UploadInput extends UploadChoice, UploadWords {}

/**
 * Requests the upload of a draft's latest video.
 * @returns the job's id.
 * @throws UserError without a video or an account, if it is already uploaded or being uploaded, if the platform would
 * refuse its details, or if it would be public without a second person.
 */
export async function requestUpload(core: Core, scope: EditScope, input: UploadInput): Promise<string> {
  const words = cleanWords(input)
  const { privacy, publishAt, madeForKids, syntheticMedia } = input
  const choice = { privacy, publishAt, madeForKids, syntheticMedia }
  const jobId = await core.db.transaction(async (em) => {
    const { draft } = await loadForChange(em, scope.workspace, scope.draftId)
    // Chapters and credits are those of the segments, which a reopened draft no longer shares with its film.
    if (draft.status !== 'finalized') throw new UserError('no_film_to_upload')
    const rendered = await filmToUpload(em, draft.draftId)
    const key = keyOfUpload(rendered.jobId)
    if ((await activeJobs(em, { key })).length > 0) throw new UserError('upload_going_on')
    if (await em.findOne(JobEntity, { key, state: 'done' })) throw new UserError('upload_done_already')
    await requireMayPublish(core, em, draft, scope.actor, null, choice)
    await requireUploadable(core, em, draft, choice, words)
    return enqueueUpload(core, em, draft, rendered, scope.actor, choice, words)
  })
  core.events.changed(scope.draftId)
  return jobId
}

/** A person's text, without what shouldn't be uploaded. @throws UserError if it isn't text. */
export function cleanWords({ title, description, tags, category }: UploadWords): UploadWords {
  return {
    ...(category !== undefined && { category }),
    title: cleanLine('title', title, LONGEST),
    description: cleanText('description', description, LONGEST),
    tags: cleanTags(tags),
  }
}

/**
 * Checks whether a draft's video could be uploaded, as far as is already known.
 * @throws UserError without a working account, and for anything its platform would refuse.
 */
export async function requireUploadable(
  core: Core,
  em: EntityManager,
  draft: Draft,
  choice: UploadChoice,
  words: UploadWords = draft,
): Promise<void> {
  const id = await accountFor(em, draft)
  const account = id === null ? null : await em.findOne(AccountEntity, { id })
  if (!account) throw new UserError('upload_not_configured')
  if (account.problem) throw new UserError('access_ended')
  const publishAt = choice.publishAt === null ? null : new Date(choice.publishAt)
  const below = { chapters: [], creditsTitle: '', credits: [] }
  const { category = USUAL_CATEGORY } = words
  const details = { ...choice, ...words, category, publishAt, below, language: draft.language }
  platformOf(core, account.platform).uploads.check(details, core.clock())
}

/** A draft's latest existing video. @throws UserError if there is none */
async function filmToUpload(em: EntityManager, draftId: string): Promise<Job> {
  const which = { draftId, kind: 'finalize', state: 'done', outputVideoPath: { $ne: null } } as const
  const rendered = await newestJob(em, which)
  if (!rendered) throw new UserError('no_film_to_upload')
  return rendered
}
