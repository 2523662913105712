import { createRoute } from '@hono/zod-openapi'
import { voicePeaks } from '../../../../core/draft/peaks.ts'
import type { Bot } from '../../../handlers/request.ts'
import { needs, SegmentParams } from '../api/routes.ts'
import { sendFile } from '../api/send-file.ts'
import { type WebApp, whoOf } from '../env.ts'
import { fileAnswers } from './file-answers.ts'

/** The waveform of a segment's voice: a JSON list with the peak of each twentieth of a second, 0 to 1. */
export function addPeaks(app: WebApp, bot: Bot): void {
  const route = createRoute({
    ...{ method: 'get', path: '/api/draft/{draft_id}/segments/{segment_id}/peaks', ...needs(bot, 'see') },
    ...{ operationId: 'getPeaks', tags: ['Files'] },
    summary: 'The waveform of a voice: 20 values a second, 0 to 1, as a JSON list',
    request: { params: SegmentParams },
    responses: fileAnswers(),
  })
  app.openapi(route, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const where = { workspace: whoOf(context).workspace, draftId: draft_id }
    return sendFile(context, bot.core.store, await voicePeaks(bot.core, where, segment_id))
  })
}
