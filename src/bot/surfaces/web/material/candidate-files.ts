import { createRoute, z } from '@hono/zod-openapi'
import { movingPreviewOf, thumbnailOf } from '../../../../core/draft/candidate-files.ts'
import type { Bot } from '../../../handlers/request.ts'
import { needs, SegmentParams } from '../api/routes.ts'
import { sendFile } from '../api/send-file.ts'
import { type WebApp, whoOf } from '../env.ts'
import { fileAnswers } from './file-answers.ts'

const CandidateParams = SegmentParams.extend({
  candidate: z
    .string()
    .regex(/^([0-9]{1,2}|[0-9a-f]{12})$/)
    .openapi({
      description:
        'Its place among the candidates, from 0, or its `key`, which is not another one after the next search',
    }),
})

const FILES = [
  {
    ...{ file: 'thumbnail', operationId: 'getCandidateThumbnail', find: thumbnailOf },
    summary: 'A small picture of footage that was found',
  },
  {
    ...{ file: 'preview', operationId: 'getCandidatePreview', find: movingPreviewOf },
    summary: 'The beginning of a video that was found, small and without sound',
  },
] as const

/**
 * Thumbnails and moving previews of candidates. Browsers get them from here rather than from their source: the server
 * fetches them under the rules for downloads, which counts as writing, like a search.
 */
export function addCandidateFiles(app: WebApp, bot: Bot): void {
  for (const { file, operationId, summary, find } of FILES)
    app.openapi(
      createRoute({
        method: 'get',
        path: `/api/draft/{draft_id}/segments/{segment_id}/candidates/{candidate}/${file}`,
        ...{ ...needs(bot, 'write'), operationId, tags: ['Files'], summary },
        request: { params: CandidateParams },
        responses: fileAnswers(),
      }),
      async (context) => {
        const { draft_id, segment_id, candidate } = context.req.valid('param')
        const { workspace } = whoOf(context)
        const asked = { workspace, draftId: draft_id, segmentId: segment_id, which: candidate }
        return sendFile(context, bot.core.store, await find(bot.core, asked))
      },
    )
}
