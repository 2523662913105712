import { createRoute, z } from '@hono/zod-openapi'
import { revisionStill } from '../../../../core/draft/revision-footage.ts'
import type { Bot } from '../../../handlers/request.ts'
import { DraftParams, needs } from '../api/routes.ts'
import { sendFile } from '../api/send-file.ts'
import { type WebApp, whoOf } from '../env.ts'
import { fileAnswers } from './file-answers.ts'

const RevisionParams = DraftParams.extend({
  revision: z.coerce.number().int().positive(),
  index: z.coerce.number().int().nonnegative().openapi({ description: '`segment_index` in that revision' }),
  when: z.enum(['before', 'after']),
})

/** Stills of a segment's footage before and after a step of the history. */
export function addRevisionFootage(app: WebApp, bot: Bot): void {
  const route = createRoute({
    method: 'get',
    path: '/api/draft/{draft_id}/history/{revision}/segments/{index}/{when}',
    ...{ ...needs(bot, 'see'), operationId: 'getRevisionStill', tags: ['Files'] },
    summary: 'A still of the footage of a segment, before or after a step of the history',
    request: { params: RevisionParams },
    responses: fileAnswers(),
  })
  app.openapi(route, async (context) => {
    const { draft_id, ...which } = context.req.valid('param')
    const where = { workspace: whoOf(context).workspace, draftId: draft_id }
    return sendFile(context, bot.core.store, await revisionStill(bot.core, where, which))
  })
}
