import { createRoute } from '@hono/zod-openapi'
import type { Bot } from '../../../handlers/request.ts'
import { DraftJson } from '../draft-json.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { answers, DraftParams, needs } from './routes.ts'

/** What is looked at. */
export function addDrafts(app: WebApp, bot: Bot): void {
  const get = createRoute({
    ...{ method: 'get', path: '/api/draft/{draft_id}', ...needs(bot, 'see') },
    ...{ operationId: 'getDraft', tags: ['Drafts'], summary: 'A draft with its segments' },
    request: { params: DraftParams },
    responses: answers(DraftJson, 'The draft'),
  })
  app.openapi(get, async (context) => {
    const { draft_id } = context.req.valid('param')
    return context.json(await draftOf(bot, whoOf(context), draft_id), 200)
  })
}
