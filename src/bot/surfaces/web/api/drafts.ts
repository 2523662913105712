import { createRoute, z } from '@hono/zod-openapi'
import { abandonDraft } from '../../../../core/draft/create.ts'
import { deleteDraft } from '../../../../core/draft/remove.ts'
import { retryCreate } from '../../../../core/draft/retry-create.ts'
import type { Bot } from '../../../handlers/request.ts'
import { DraftJson } from '../draft-json.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { answers, DraftParams, needs, scopeOf } from './routes.ts'
import { DoneDraft } from './schemas.ts'

const Deletion = z.object({
  cleanup_assets: z
    .string()
    .regex(/^(?:true|false|1|0)$/i)
    .default('true')
    .transform((said) => /^(?:true|1)$/i.test(said))
    .openapi({
      type: 'boolean',
      default: true,
      description: 'Whether to also delete files that no other draft uses',
    }),
})
const Deleted = z.object({ success: z.literal(true), message: z.string() }).openapi('Deleted')

/** Reading, deleting and retrying a draft. */
export function addDrafts(app: WebApp, bot: Bot): void {
  const { core } = bot
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
  const remove = createRoute({
    ...{ method: 'delete', path: '/api/draft/{draft_id}', ...needs(bot, 'delete') },
    ...{ operationId: 'deleteDraft', tags: ['Drafts'], summary: 'Deletes a draft and all its data' },
    request: { params: DraftParams, query: Deletion },
    responses: answers(Deleted, 'The draft was deleted'),
  })
  app.openapi(remove, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    const { status } = await draftOf(bot, who, draft_id)
    // So far only the job that writes its script exists.
    if (status === 'creating') await abandonDraft(core, draft_id, who.actor)
    else {
      const keepFiles = !context.req.valid('query').cleanup_assets
      await deleteDraft(core, scopeOf(who, draft_id), { keepFiles })
    }
    return context.json({ success: true as const, message: who.words.private.deleted }, 200)
  })
  const retry = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/retry', ...needs(bot, 'write') },
    ...{
      operationId: 'retryCreate',
      tags: ['Drafts'],
      summary: 'Retries a failed script',
    },
    request: { params: DraftParams },
    responses: answers(DoneDraft, 'The updated draft'),
  })
  app.openapi(retry, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    await retryCreate(core, scopeOf(who, draft_id))
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
}
