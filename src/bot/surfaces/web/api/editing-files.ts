import { createRoute, z } from '@hono/zod-openapi'
import { requestBundle } from '../../../../core/draft/editing/request-bundle.ts'
import { jobEnded } from '../../../../core/draft/job-ended.ts'
import { jobOfDraft } from '../../../../core/draft/jobs.ts'
import type { Bot } from '../../../handlers/request.ts'
import { JobJson } from '../draft-json.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { jobOf } from '../job-of.ts'
import { failedJob } from './job-json.ts'
import { preferenceOf } from './prefer.ts'
import { accepted, answers, DraftParams, needs, scopeOf } from './routes.ts'

const EditingFiles = z
  .object({
    success: z.literal(true),
    data: z.object({
      draft_id: z.string(),
      job_id: z.string(),
      /** Null while the files are being made. */
      bundle_url: z.string().nullable(),
      job: JobJson,
    }),
  })
  .openapi('EditingFiles')

/** A finished video's files for editing programs; responds when they are ready. */
export function addEditingFiles(app: WebApp, bot: Bot): void {
  const { core } = bot
  const route = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/editing-files', ...needs(bot, 'write') },
    ...{ operationId: 'makeEditingFiles', tags: ['Render'] },
    summary: 'Makes the latest video’s files for editing programs',
    request: { params: DraftParams },
    responses: { ...answers(EditingFiles, 'The files are ready'), ...accepted(EditingFiles) },
  })
  app.openapi(route, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    const { patience, applied } = preferenceOf(context)
    const job_id = await requestBundle(core, scopeOf(who, draft_id))
    const ended = await jobEnded(core, job_id, patience, context.req.raw.signal)
    const isDone = ended?.job?.state === 'done'
    if (ended?.job && !isDone) throw failedJob(ended.job, who.words, { draft_id })
    const { video } = await draftOf(bot, who, draft_id)
    const job = jobOf(await jobOfDraft(core, who.workspace, draft_id, job_id), who.words)
    if (applied !== null) context.header('preference-applied', applied)
    context.header('location', `/api/draft/${draft_id}/jobs/${job_id}`)
    const data = { draft_id, job_id, bundle_url: isDone ? (video?.bundle_url ?? null) : null, job }
    return context.json({ success: true as const, data }, isDone ? 200 : 202)
  })
}
