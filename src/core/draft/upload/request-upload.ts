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

/** Characters; more than any platform takes, whose own rules say what is too long. */
const LONGEST = 10_000

export interface UploadInput extends UploadChoice, UploadWords {}

/**
 * Asks for the upload of a draft's newest video.
 * @returns the job's id.
 * @throws UserError without a video or an account, when it is uploaded already or being uploaded, when the platform would refuse
 * what is said of it, or when it would be public without a second person.
 */
export async function requestUpload(core: Core, scope: EditScope, input: UploadInput): Promise<string> {
  const words = cleanWords(input)
  const { privacy, publishAt, madeForKids, syntheticMedia } = input
  const choice = { privacy, publishAt, madeForKids, syntheticMedia }
  const jobId = await core.db.transaction(async (em) => {
    const { draft } = await loadForChange(em, scope.workspace, scope.draftId)
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

/** What a person typed, without what nobody should upload. @throws UserError for what is no text. */
export function cleanWords({ title, description, tags, category }: UploadWords): UploadWords {
  return {
    ...(category !== undefined && { category }),
    title: cleanLine('title', title, LONGEST),
    description: cleanText('description', description, LONGEST),
    tags: cleanTags(tags),
  }
}

/**
 * Whether the video of a draft could be uploaded, as far as that can be known now.
 * @throws UserError without an account that works, and for what its platform would refuse.
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

/** The newest video of a draft that is still there. @throws UserError */
async function filmToUpload(em: EntityManager, draftId: string): Promise<Job> {
  const which = { draftId, kind: 'finalize', state: 'done', outputVideoPath: { $ne: null } } as const
  const rendered = await newestJob(em, which)
  if (!rendered) throw new UserError('no_film_to_upload')
  return rendered
}
