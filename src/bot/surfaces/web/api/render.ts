import { createRoute, z } from '@hono/zod-openapi'
import { jobEnded } from '../../../../core/draft/job-ended.ts'
import { firstJobSince, jobOfDraft } from '../../../../core/draft/jobs.ts'
import { requestRender } from '../../../../core/draft/render.ts'
import { uploadEnded, uploadOf } from '../../../../core/draft/upload/upload-ended.ts'
import { TEMPLATE_NAMES } from '../../../../core/media/captions/templates.ts'
import { StaleEditError } from '../../../../core/model/errors.ts'
import { DECLARATIONS } from '../../../../core/model/upload-target.ts'
import type { Bot } from '../../../handlers/request.ts'
import { DraftJson, JobJson } from '../draft-json.ts'
import { draftOf, fileUrl } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { jobOf } from '../job-of.ts'
import type { Who } from '../who.ts'
import { doOnce, KEY_HEADER } from './idempotency.ts'
import { failedJob } from './job-json.ts'
import { musicChange, OptionalMusic } from './music.ts'
import { preferenceOf } from './prefer.ts'
import { accepted, answers, body, choice, DraftParams, needs, optionalChoice, scopeOf } from './routes.ts'
import { staleDraft } from './stale-draft.ts'

const Finalize = z
  .strictObject({
    upload: z
      .union([z.boolean(), choice(DECLARATIONS)])
      .nullish()
      .openapi({
        description:
          'Whether to upload the rendered video, as private. True declares that it is not made for children and contains nothing synthetic that looks real (`plain`); otherwise give the declaration. By default, the draft’s settings apply.',
      }),
    template: optionalChoice(TEMPLATE_NAMES),
    bgm_settings: OptionalMusic,
    allow_placeholders: z.boolean().nullish().openapi({
      description:
        'Whether to render an outline’s unfilled blanks as they are; by default true for tokens, and false in the studio',
    }),
    version: z.number().int().nullish().openapi({
      description:
        'The draft’s `version` as the caller saw it. If it has changed since, the response is 409.',
    }),
  })
  .openapi('Finalize')

const Finalized = z
  .object({
    success: z.literal(true),
    data: z.object({
      draft_id: z.string(),
      job_id: z.string(),
      status: DraftJson.shape.status,
      output_video_path: z.string().nullable(),
      youtube_url: z.string().nullable(),
      video_url: z.string().nullable(),
      job: JobJson,
      upload: JobJson.nullable(),
    }),
  })
  .openapi('Finalized')

/** Renders a draft; responds when the video is ready. */
export function addRender(app: WebApp, bot: Bot): void {
  const { core } = bot
  const route = createRoute({
    ...{
      method: 'post',
      path: '/api/draft/{draft_id}/finalize',
      ...needs(bot, 'render', { mayBeEmpty: true }),
    },
    ...{ operationId: 'finalize', tags: ['Render'], summary: 'Renders the draft' },
    request: { params: DraftParams, body: body(Finalize, false), headers: KEY_HEADER },
    responses: { ...answers(Finalized, 'The video is ready'), ...accepted(Finalized) },
  })
  app.openapi(route, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    const asked = context.req.valid('json')
    const begin = (draftId: string, since: Date | null) => start(bot, who, draftId, asked, since)
    const { jobId } = await doOnce(context, bot, { draftId: draft_id, asked, begin }).catch(async (error) => {
      if (!(error instanceof StaleEditError)) throw error
      const { version, ...mine } = asked
      throw await staleDraft(bot, who, draft_id, mine, error)
    })
    const { patience, applied } = preferenceOf(context)
    const until = performance.now() + patience
    const { signal } = context.req.raw
    const ended = await jobEnded(core, jobId, patience, signal)
    const isDone = ended?.job?.state === 'done'
    if (ended?.job && !isDone) throw failedJob(ended.job, who.words, { draft_id })
    const isUploaded = isDone && (await uploadEnded(core, jobId, until - performance.now(), signal))
    if (applied !== null) context.header('preference-applied', applied)
    context.header('location', `/api/draft/${draft_id}/jobs/${jobId}`)
    const answer = { success: true as const, data: await dataOf(bot, who, draft_id, jobId) }
    return isUploaded ? context.json(answer, 200) : context.json(answer, 202)
  })
}

/** @returns the id of the render job, even if an earlier try of the same request started it. */
async function start(
  { core }: Bot,
  who: Who,
  draftId: string,
  { upload, template, bgm_settings, allow_placeholders, version }: z.infer<typeof Finalize>,
  since: Date | null,
): Promise<string> {
  const scope = scopeOf(who, draftId)
  const before = since && (await firstJobSince(core, scope, 'finalize', since))
  if (before) return before
  return requestRender(core, scope, {
    template: template ?? undefined,
    ...musicChange(bgm_settings),
    ...(upload != null && { uploadAfter: declarationOf(upload) }),
    // Programs can't be asked for confirmation; people in the studio are.
    allowsPlaceholders: allow_placeholders ?? who.id.startsWith('token:'),
    onlyVersion: version ?? undefined,
  })
}

function declarationOf(upload: boolean | string): string | null {
  if (typeof upload === 'string') return upload
  return upload ? 'plain' : null
}

async function dataOf(bot: Bot, who: Who, draftId: string, jobId: string) {
  const job = await jobOfDraft(bot.core, who.workspace, draftId, jobId)
  const { status, video } = await draftOf(bot, who, draftId)
  const path = job.outputVideoPath
  const isItsVideo = path !== null && video?.url === fileUrl(draftId, 'video', path)
  const upload = await uploadOf(bot.core, jobId)
  return {
    ...{ draft_id: draftId, job_id: jobId, status },
    ...{ output_video_path: path, youtube_url: job.youtubeUrl },
    // The draft shows its newest video, which may be that of a later render.
    video_url: isItsVideo ? (video?.url ?? null) : null,
    job: jobOf(job, who.words),
    // A failed upload doesn't make the render a failure.
    upload: upload && jobOf(upload, who.words),
  }
}
