import { createRoute, z } from '@hono/zod-openapi'
import { jobOfDraft, listJobs } from '../../../../core/draft/jobs.ts'
import { findDraft } from '../../../../core/draft/load.ts'
import { seenBy } from '../../../handlers/authorize.ts'
import type { Bot } from '../../../handlers/request.ts'
import { type WebApp, whoOf } from '../env.ts'
import { ListedJobJson, listedJobOf } from './job-json.ts'
import { answers, DraftParams, ID, needs, Page, totalHeader, withTotal } from './routes.ts'

const JobParams = DraftParams.extend({ job_id: z.string().regex(ID) })

/** Lists renders; other jobs of a draft are found by the id that an answer has named. */
export function addJobs(app: WebApp, bot: Bot): void {
  const { core } = bot
  const responses = answers(z.array(ListedJobJson), 'Renders, newest first', totalHeader)
  const all = createRoute({
    ...{ method: 'get', path: '/api/jobs', tags: ['Render'], ...needs(bot, 'list') },
    ...{ operationId: 'listJobs', summary: 'Renders of all drafts the caller may see' },
    ...{ request: { query: Page }, responses },
  })
  app.openapi(all, async (context) => {
    const who = whoOf(context)
    const query = context.req.valid('query')
    const seen = who.isNobody ? undefined : await seenBy(bot, who)
    const { jobs, total } = await listJobs(core, who.workspace, { seen, ...query })
    withTotal(context, total, query)
    return context.json(
      jobs.map((job) => listedJobOf(job, who.words)),
      200,
    )
  })
  const ofDraft = createRoute({
    ...{ method: 'get', path: '/api/draft/{draft_id}/jobs', tags: ['Render'], ...needs(bot, 'see') },
    ...{ operationId: 'getJobs', summary: 'Renders of a draft' },
    ...{ request: { params: DraftParams, query: Page }, responses },
  })
  app.openapi(ofDraft, async (context) => {
    const { draft_id: draftId } = context.req.valid('param')
    const who = whoOf(context)
    const query = context.req.valid('query')
    const { jobs, total } = await listJobs(core, who.workspace, { draftId, ...query })
    withTotal(context, total, query)
    return context.json(
      jobs.map((job) => listedJobOf(job, who.words)),
      200,
    )
  })
  const one = createRoute({
    ...{ method: 'get', path: '/api/draft/{draft_id}/jobs/{job_id}', tags: ['Render'], ...needs(bot, 'see') },
    ...{ operationId: 'getJob', summary: 'The state of a job' },
    request: { params: JobParams },
    responses: answers(ListedJobJson, 'The job'),
  })
  app.openapi(one, async (context) => {
    const { draft_id, job_id } = context.req.valid('param')
    const { workspace, words } = whoOf(context)
    const job = await jobOfDraft(core, workspace, draft_id, job_id)
    const title = await findDraft(core, workspace, draft_id).then(
      (draft) => draft.title,
      () => null,
    )
    return context.json(listedJobOf({ ...job, title }, words), 200)
  })
}
