import { rm } from 'node:fs/promises'
import type { ReadableStream } from 'node:stream/web'
import { createRoute, z } from '@hono/zod-openapi'
import { admitOwnFootage, giveOwnFootage, MAX_OWN_BYTES } from '../../../../core/draft/own-footage.ts'
import type { Bot } from '../../../handlers/request.ts'
import { answers, needs, SegmentParams, scopeOf } from '../api/routes.ts'
import { DoneSegment } from '../api/schemas.ts'
import { segmentOf } from '../api/update-segment.ts'
import { type WebApp, whoOf } from '../env.ts'
import { Places } from '../places.ts'
import { WebError } from '../problems.ts'
import { receiveFile } from './receive.ts'

/** Milliseconds for receiving a whole file, however slowly, and for checking it: a long video is decoded completely. */
const PATIENCE = { sending: 60 * 60_000, decoding: 20 * 60_000 }
/** Maximum number of files per person being received or waiting to be checked. */
const AT_ONCE = 4

/** The default name. */
const UNNAMED = 'upload'

/**
 * Uploads a person's own picture or video for a segment; the body is the file itself. A person's files are received in
 * parallel and checked one at a time. Once received, a file is used whether or not the sender is still waiting.
 */
export function addOwnFootage(app: WebApp, bot: Bot): void {
  const { core } = bot
  const places = new Places(AT_ONCE)
  const route = createRoute({
    method: 'post',
    path: '/api/draft/{draft_id}/segments/{segment_id}/footage',
    ...needs(bot, 'write', { takesFile: true }),
    ...{ operationId: 'uploadFootage', tags: ['Segments'] },
    summary: `Gives a segment a picture or video of one’s own, of up to ${MAX_OWN_BYTES / 1_000_000} MB`,
    request: {
      params: SegmentParams,
      query: z.object({
        name: z.string().max(500).optional().openapi({ description: 'What the file is called' }),
      }),
      body: { content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } } },
    },
    responses: answers(DoneSegment, 'The updated segment'),
  })
  app.openapi(route, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const who = whoOf(context)
    if (/^multipart\//i.test(context.req.header('content-type') ?? ''))
      throw new WebError(415, 'not_a_file', 'Send the file itself as the body, not a form.')
    const scope = scopeOf(who, draft_id)
    const name =
      context.req
        .valid('query')
        .name?.replace(/^.*[/\\]/s, '')
        .trim() || UNNAMED
    const person = `${who.workspace} ${who.actor.id}`
    const leave = places.take(person)
    try {
      await admitOwnFootage(core, scope, segment_id, name)
      // The file name's extension doesn't matter, only the content.
      const file = await core.store.temporary('upload')
      try {
        const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE.sending), context.req.raw.signal])
        const body = context.req.raw.body as ReadableStream<Uint8Array> | null
        await receiveFile(body, statedLength(context.req.header('content-length')), file, {
          ...{ maxBytes: MAX_OWN_BYTES, signal },
        })
        await core.turns.take(`upload ${person}`, () =>
          giveOwnFootage(core, scope, segment_id, { file, name }, AbortSignal.timeout(PATIENCE.decoding)),
        )
      } finally {
        await rm(file, { force: true })
      }
    } finally {
      leave()
    }
    const data = await segmentOf(bot, who, draft_id, segment_id)
    return context.json({ success: true as const, data }, 200)
  })
}

function statedLength(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null
}
