import { createRoute, z } from '@hono/zod-openapi'
import { jobEnded } from '../../../../core/draft/job-ended.ts'
import { firstJobSince, jobOfDraft } from '../../../../core/draft/jobs.ts'
import { findDraft } from '../../../../core/draft/load.ts'
import { cancelUpload } from '../../../../core/draft/upload/cancel-upload.ts'
import { changeUploaded, uploadedVideo } from '../../../../core/draft/upload/change-uploaded.ts'
import { requestUpload } from '../../../../core/draft/upload/request-upload.ts'
import { StaleEditError } from '../../../../core/model/errors.ts'
import { CATEGORIES, DECLARATIONS, PRIVACIES, USUAL_CATEGORY } from '../../../../core/model/upload-target.ts'
import type { Bot } from '../../../handlers/request.ts'
import { categoryIn, declaredIn, momentIn, privacyIn } from '../../../handlers/upload-values.ts'
import { errorSentence } from '../../../words/index.ts'
import { JobJson } from '../draft-json.ts'
import { type WebApp, whoOf } from '../env.ts'
import { jobOf } from '../job-of.ts'
import { WebError } from '../problems.ts'
import type { Who } from '../who.ts'
import { doOnce, KEY_HEADER } from './idempotency.ts'
import { failedJob } from './job-json.ts'
import { preferenceOf } from './prefer.ts'
import {
  accepted,
  answers,
  body,
  choice,
  DraftParams,
  needs,
  optionalChoice,
  scopeOf,
  whole,
} from './routes.ts'

const UploadParams = DraftParams.extend({ upload_id: whole(1) })

const privacy = optionalChoice(PRIVACIES)
const category = optionalChoice(CATEGORIES)
const words = {
  title: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
}

const NewUpload = z
  .strictObject({
    ...words,
    category: category.openapi({
      description: `YouTube’s category number; ${USUAL_CATEGORY} by default`,
    }),
    privacy: privacy.openapi({ description: 'Who may see it; `private` by default' }),
    publish_at: z.string().nullish().openapi({
      description: 'When a private video automatically becomes public, in ISO 8601; never by default',
    }),
    declaration: choice(DECLARATIONS).openapi({
      description:
        'Whether it is made for children (`kids`), contains something synthetic that looks real (`synthetic`), both (`kids_synthetic`) or neither (`plain`). Never assumed.',
    }),
  })
  .openapi('NewUpload', {
    description:
      'Title, description and tags default to the draft’s. Credits and chapters are added below the description.',
  })

const UploadChange = z
  .strictObject({
    ...words,
    ...{ category, privacy },
    publish_at: z.string().nullish().openapi({
      description:
        'When a private video automatically becomes public; null for never. If omitted, this stays unchanged.',
    }),
    version: z.string().nullish().openapi({
      description: 'The `version` that the caller saw. If it has changed since, the response is 409.',
    }),
  })
  .openapi('UploadChange')

const UploadDetails = z
  .object({
    upload_id: z.number().int(),
    url: z.string(),
    title: z.string(),
    /** Without the credits and chapters that follow it on YouTube. */
    description: z.string(),
    tags: z.array(z.string()),
    category: z.enum(CATEGORIES),
    /** As requested; the draft's `video` has the value that YouTube reports. */
    privacy: z.enum(PRIVACIES),
    publish_at: z.string().nullable(),
    declaration: z.enum(DECLARATIONS),
    /** Changes whenever one of the details does. */
    version: z.string(),
  })
  .openapi('UploadDetails')

const Uploaded = z
  .object({
    success: z.literal(true),
    data: z.object({
      draft_id: z.string(),
      job_id: z.string(),
      /** Null until the upload is finished. */
      youtube_url: z.string().nullable(),
      job: JobJson,
    }),
  })
  .openapi('Uploaded')
const Changed = z
  .object({ success: z.literal(true), message: z.string(), data: UploadDetails })
  .openapi('ChangedUpload')
const Cancelled = z.object({ success: z.literal(true), message: z.string() }).openapi('CancelledUpload')

/** Uploads the newest finished video of a draft to YouTube, and edits its details there later. */
export function addUploads(app: WebApp, bot: Bot): void {
  const { core } = bot
  const about = { tags: ['YouTube'], ...needs(bot, 'render') }
  const upload = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/upload', ...about },
    ...{ operationId: 'uploadVideo', summary: 'Uploads the latest finished video' },
    request: { params: DraftParams, body: body(NewUpload), headers: KEY_HEADER },
    responses: { ...answers(Uploaded, 'The video is ready'), ...accepted(Uploaded) },
  })
  app.openapi(upload, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    const asked = context.req.valid('json')
    const begin = (draftId: string, since: Date | null) => start(bot, who, draftId, asked, since)
    const { jobId: job_id } = await doOnce(context, bot, { draftId: draft_id, asked, begin })
    const { patience, applied } = preferenceOf(context)
    const ended = await jobEnded(core, job_id, patience, context.req.raw.signal)
    const isDone = ended?.job?.state === 'done'
    if (ended?.job && !isDone) throw failedJob(ended.job, who.words, { draft_id })
    const job = await jobOfDraft(core, who.workspace, draft_id, job_id)
    if (applied !== null) context.header('preference-applied', applied)
    context.header('location', `/api/draft/${draft_id}/jobs/${job_id}`)
    const data = { draft_id, job_id, youtube_url: job.youtubeUrl, job: jobOf(job, who.words) }
    return context.json({ success: true as const, data }, isDone ? 200 : 202)
  })
  const cancel = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/cancel-upload', ...about },
    ...{ operationId: 'cancelUpload', summary: 'Cancels a video’s upload' },
    ...{ request: { params: DraftParams }, responses: answers(Cancelled, 'The upload was cancelled') },
  })
  app.openapi(cancel, async (context) => {
    const who = whoOf(context)
    await cancelUpload(core, scopeOf(who, context.req.valid('param').draft_id))
    return context.json({ success: true as const, message: who.words.upload.cancelled }, 200)
  })
  const path = '/api/draft/{draft_id}/uploads/{upload_id}' as const
  const get = createRoute({
    ...{
      method: 'get',
      path,
      ...about,
      operationId: 'getUpload',
      summary: 'An uploaded video’s details',
    },
    ...{ request: { params: UploadParams }, responses: answers(UploadDetails, 'The current details') },
  })
  app.openapi(get, async (context) => {
    const { draft_id, upload_id } = context.req.valid('param')
    return context.json(await detailsOf(bot, whoOf(context), draft_id, upload_id), 200)
  })
  const responses = answers(Changed, 'The current details')
  const change = createRoute({
    ...{ method: 'patch', path, ...about, responses },
    ...{ operationId: 'changeUpload', summary: 'Changes an uploaded video’s details' },
    request: { params: UploadParams, body: body(UploadChange) },
  })
  app.openapi(change, async (context) => {
    const { draft_id, upload_id } = context.req.valid('param')
    const who = whoOf(context)
    const { version, ...asked } = context.req.valid('json')
    return context.json(await say(bot, who, draft_id, upload_id, asked, version ?? null), 200)
  })
  const publish = createRoute({
    ...{ method: 'post', path: `${path}/publish` as const, ...about, responses },
    ...{ operationId: 'publishUpload', summary: 'Makes an uploaded video public' },
    request: { params: UploadParams },
  })
  app.openapi(publish, async (context) => {
    const { draft_id, upload_id } = context.req.valid('param')
    const asked = { privacy: 'public', publish_at: null }
    return context.json(await say(bot, whoOf(context), draft_id, upload_id, asked, null), 200)
  })
}

/** @returns the id of the upload job, even if an earlier try of the same request started it. */
async function start(
  { core }: Bot,
  who: Who,
  draftId: string,
  asked: z.infer<typeof NewUpload>,
  since: Date | null,
): Promise<string> {
  const scope = scopeOf(who, draftId)
  const before = since && (await firstJobSince(core, scope, 'upload', since))
  if (before) return before
  const { title, description, tags } = await findDraft(core, who.workspace, draftId)
  const input = { title, description, tags, privacy: 'private' as const, publishAt: null, ...given(asked) }
  return requestUpload(core, scope, { ...input, ...declaredIn(asked.declaration) })
}

async function say(
  bot: Bot,
  who: Who,
  draftId: string,
  id: number,
  asked: Omit<z.infer<typeof UploadChange>, 'version'>,
  version: string | null,
) {
  try {
    const { privacy } = await changeUploaded(bot.core, scopeOf(who, draftId), id, given(asked), version)
    const message = who.words.upload.changed(who.words.upload.privacy[privacy])
    return { success: true as const, message, data: await detailsOf(bot, who, draftId, id) }
  } catch (error) {
    // If access to the channel has ended, open pages show that from now on.
    bot.core.events.changed(draftId)
    if (!(error instanceof StaleEditError)) throw error
    const more = { changed_by: error.changedBy, mine: asked, theirs: await detailsOf(bot, who, draftId, id) }
    throw new WebError(409, 'stale', errorSentence(who.words, error), more)
  }
}

/** The fields that a body sets, in core's form. Null counts as left out, except for `publish_at`. */
function given({ title, description, tags, category, privacy, publish_at }: z.infer<typeof UploadChange>) {
  return {
    ...(title != null && { title }),
    ...(description != null && { description }),
    ...(tags != null && { tags }),
    ...(category != null && { category: categoryIn(category) }),
    ...(privacy != null && { privacy: privacyIn(privacy) }),
    ...(publish_at !== undefined && { publishAt: momentIn(publish_at ?? '') }),
  }
}

async function detailsOf(
  { core }: Bot,
  who: Who,
  draftId: string,
  id: number,
): Promise<z.infer<typeof UploadDetails>> {
  const { job, payload, version } = await uploadedVideo(core, scopeOf(who, draftId), id)
  const { title, description, tags, category, publishAt, madeForKids, syntheticMedia } = payload.details
  return {
    ...{ upload_id: id, url: job.youtubeUrl ?? '', title, description, tags, category },
    privacy: payload.details.privacy,
    publish_at: publishAt === null ? null : new Date(publishAt).toISOString(),
    declaration: madeForKids
      ? syntheticMedia
        ? 'kids_synthetic'
        : 'kids'
      : syntheticMedia
        ? 'synthetic'
        : 'plain',
    version,
  }
}
