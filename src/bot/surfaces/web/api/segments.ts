import { createRoute, z } from '@hono/zod-openapi'
import {
  insertSegment,
  mergeSegment,
  refetchFootage,
  removeSegment,
  revoiceSegment,
  splitSegment,
} from '../../../../core/draft/arrange.ts'
import { getDraft } from '../../../../core/draft/load.ts'
import { segmentsAt } from '../../../../core/draft/notes/read-notes.ts'
import { moveSegmentTo } from '../../../../core/draft/rearrange.ts'
import { retryAssets } from '../../../../core/draft/retry-assets.ts'
import type { EditScope } from '../../../../core/draft/scope.ts'
import { UserError } from '../../../../core/model/errors.ts'
import type { Bot } from '../../../handlers/request.ts'
import type { Words } from '../../../words/index.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { WebError } from '../problems.ts'
import { answers, body, DraftParams, IndexParams, needs, SegmentParams, scopeOf } from './routes.ts'
import { DoneDraft, DoneSegment, SegmentChange } from './schemas.ts'
import { segmentOf, updateSegment } from './update-segment.ts'

const NewSegment = z.strictObject({
  text: z.string(),
  image_search_query: z.string().nullish(),
  keyword: z.string().nullish(),
  after_segment_id: z.number().int().nullish().openapi({
    description: 'The preceding segment; null for the beginning, and by default the last one.',
  }),
})
const Move = z.strictObject({
  to: z.number().int().min(0).openapi({ description: 'The new `segment_index`' }),
})
const Split = z.strictObject({
  at: z.number().min(0).nullish().openapi({
    description:
      'Seconds from the segment’s beginning: it is cut before the word that starts closest to this. By default, at the end of a sentence near its middle.',
  }),
})

/**
 * Segments, addressed by index as in the documented calls, and by id, which stays the same when segments are added, removed
 * or moved.
 */
export function addSegments(app: WebApp, bot: Bot): void {
  addByIndex(app, bot)
  addById(app, bot)
  addArranging(app, bot)
}

function addByIndex(app: WebApp, bot: Bot): void {
  const { core } = bot
  const about = { tags: ['Segments'], ...needs(bot, 'write') }
  const idAt = async (draftId: string, index: number, words: Words) => {
    const [id = 0] = await segmentsAt(core, draftId, [index + 1]).catch((error: unknown) => {
      throw error instanceof UserError && error.code === 'no_such_segment'
        ? noSuchIndex(error, index, words)
        : error
    })
    return id
  }
  const update = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/update-segment/{index}', ...about },
    ...{ operationId: 'updateSegment', summary: 'Changes a segment’s texts or length' },
    request: { params: IndexParams, body: body(SegmentChange) },
    responses: answers(DoneSegment, 'The updated segment'),
  })
  app.openapi(update, async (context) => {
    const { draft_id, index } = context.req.valid('param')
    const id = await idAt(draft_id, index, whoOf(context).words)
    const data = await updateSegment(bot, whoOf(context), draft_id, id, context.req.valid('json'))
    return context.json({ success: true as const, data }, 200)
  })
  for (const { path, operationId, summary, act } of AGAIN) {
    const again = createRoute({
      ...{ method: 'post', path: `/api/draft/{draft_id}/${path}/{index}`, ...about, operationId, summary },
      request: { params: IndexParams },
      responses: answers(DoneSegment, 'The updated segment'),
    })
    app.openapi(again, async (context) => {
      const { draft_id, index } = context.req.valid('param')
      const id = await idAt(draft_id, index, whoOf(context).words)
      await act(bot, scopeOf(whoOf(context), draft_id), id)
      const data = await segmentOf(bot, whoOf(context), draft_id, id)
      return context.json({ success: true as const, data }, 200)
    })
  }
}

/** Core counts segments from 1, like people do. */
function noSuchIndex({ code, params }: UserError, index: number, words: Words): WebError {
  const total = params && 'total' in params ? Number(params.total) : 0
  return new WebError(404, code, words.api.noSuchIndex(index, total), { field: 'index' })
}

type Act = (bot: Bot, scope: EditScope, segmentId: number) => Promise<unknown>

const AGAIN: { path: string; operationId: string; summary: string; act: Act }[] = [
  {
    ...{ path: 'regenerate-tts', operationId: 'regenerateTts', summary: 'Re-records a segment' },
    act: ({ core }, scope, id) => revoiceSegment(core, scope, id),
  },
  {
    ...{ path: 'refetch-video', operationId: 'refetchVideo', summary: 'Searches for footage again' },
    act: ({ core }, scope, id) => refetchFootage(core, scope, id),
  },
]

function addById(app: WebApp, bot: Bot): void {
  const about = { tags: ['Segments'], ...needs(bot, 'write') }
  const update = createRoute({
    ...{ method: 'patch', path: '/api/draft/{draft_id}/segments/{segment_id}', ...about },
    ...{ operationId: 'patchSegment', summary: 'Same as update-segment, by id' },
    request: { params: SegmentParams, body: body(SegmentChange) },
    responses: answers(DoneSegment, 'The updated segment'),
  })
  app.openapi(update, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const data = await updateSegment(bot, whoOf(context), draft_id, segment_id, context.req.valid('json'))
    return context.json({ success: true as const, data }, 200)
  })
  for (const { path, operationId, summary, act } of [...AGAIN, RETRY]) {
    const again = createRoute({
      ...{ method: 'post', path: `/api/draft/{draft_id}/segments/{segment_id}/${path}`, ...about },
      ...{ operationId: `${operationId}OfSegment`, summary },
      request: { params: SegmentParams },
      responses: answers(DoneSegment, 'The updated segment'),
    })
    app.openapi(again, async (context) => {
      const { draft_id, segment_id } = context.req.valid('param')
      await act(bot, scopeOf(whoOf(context), draft_id), segment_id)
      const data = await segmentOf(bot, whoOf(context), draft_id, segment_id)
      return context.json({ success: true as const, data }, 200)
    })
  }
}

const RETRY: (typeof AGAIN)[number] = {
  ...{ path: 'retry', operationId: 'retryAssets', summary: 'Retries a segment’s missing voice or footage' },
  act: ({ core }, scope, id) => retryAssets(core, scope, id),
}

function addArranging(app: WebApp, bot: Bot): void {
  const { core } = bot
  const about = { tags: ['Segments'], ...needs(bot, 'write') }
  const responses = answers(DoneDraft, 'The updated draft')
  const insert = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/segments', ...about },
    ...{ operationId: 'insertSegment', summary: 'Adds a segment' },
    request: { params: DraftParams, body: body(NewSegment) },
    responses,
  })
  app.openapi(insert, async (context) => {
    const { draft_id } = context.req.valid('param')
    const { text, image_search_query, keyword, after_segment_id } = context.req.valid('json')
    const who = whoOf(context)
    const last = async () => (await getDraft(core, who.workspace, draft_id)).segments.at(-1)?.id ?? null
    const after = after_segment_id === undefined ? await last() : after_segment_id
    const content = { text, searchQuery: image_search_query ?? undefined, keyword: keyword ?? undefined }
    await insertSegment(core, scopeOf(who, draft_id), after, content)
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
  const move = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/segments/{segment_id}/move', ...about },
    ...{ operationId: 'moveSegment', summary: 'Moves a segment; positions beyond the end mean the end' },
    request: { params: SegmentParams, body: body(Move) },
    responses,
  })
  app.openapi(move, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const who = whoOf(context)
    const { segments } = await getDraft(core, who.workspace, draft_id)
    const place = Math.min(context.req.valid('json').to + 1, segments.length)
    await moveSegmentTo(core, scopeOf(who, draft_id), segment_id, place)
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
  const split = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/segments/{segment_id}/split', ...about },
    ...needs(bot, 'write', { mayBeEmpty: true }),
    ...{ operationId: 'splitSegment', summary: 'Splits a segment in two' },
    request: { params: SegmentParams, body: body(Split, false) },
    responses,
  })
  app.openapi(split, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const who = whoOf(context)
    const at = context.req.valid('json').at ?? undefined
    await splitSegment(core, scopeOf(who, draft_id), segment_id, at)
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
  const merge = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/segments/{segment_id}/merge', ...about },
    ...{ operationId: 'mergeSegment', summary: 'Merges a segment with the next one' },
    request: { params: SegmentParams },
    responses,
  })
  app.openapi(merge, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const who = whoOf(context)
    await mergeSegment(core, scopeOf(who, draft_id), segment_id)
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
  const remove = createRoute({
    ...{ method: 'delete', path: '/api/draft/{draft_id}/segments/{segment_id}', ...about },
    ...{ operationId: 'removeSegment', summary: 'Removes a segment' },
    request: { params: SegmentParams },
    responses,
  })
  app.openapi(remove, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const who = whoOf(context)
    await removeSegment(core, scopeOf(who, draft_id), segment_id)
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
}
