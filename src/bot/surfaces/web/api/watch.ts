import { createRoute, z } from '@hono/zod-openapi'
import { usingFiles } from '../../../../core/draft/draft-files.ts'
import { findSegment, loadToRender } from '../../../../core/draft/load.ts'
import { makePreview } from '../../../../core/draft/preview.ts'
import { edgesOf } from '../../../../core/draft/storyboard.ts'
import { makeWatchable } from '../../../../core/draft/watch.ts'
import type { Bot } from '../../../handlers/request.ts'
import { draftOf, fileUrl } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { answers, DraftParams, needs, SegmentParams } from './routes.ts'

/** Time limit for making a film or a clip, in milliseconds. */
const PATIENCE = 600_000

const Watchable = z
  .object({ success: z.literal(true), data: z.object({ url: z.string() }) })
  .openapi('Watchable')

/** Makes the film or a clip for someone to watch now, if it doesn't exist yet. Cancelled when the caller disconnects. */
export function addWatch(app: WebApp, bot: Bot): void {
  const { core } = bot
  const watch = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/watch', tags: ['Render'], ...needs(bot, 'write') },
    ...{ operationId: 'watch', summary: 'The whole current film, without rendering it' },
    request: { params: DraftParams },
    responses: answers(Watchable, 'Its address'),
  })
  app.openapi(watch, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    const { draft, segments } = await loadToRender(core.db.fork(), who.workspace, draft_id)
    const finished = draft.status === 'finalized' ? (await draftOf(bot, who, draft_id)).video : null
    if (finished) return context.json({ success: true as const, data: { url: finished.url } }, 200)
    const signal = AbortSignal.any([context.req.raw.signal, AbortSignal.timeout(PATIENCE)])
    // No size limit: nothing is uploaded to a platform here.
    const options = { limit: Number.POSITIVE_INFINITY, signal, onMaking: async () => {} }
    const film = await usingFiles(core, draft_id, () => makeWatchable(core, draft, segments, options))
    return context.json({ success: true as const, data: { url: fileUrl(draft_id, 'film', film) } }, 200)
  })
  const play = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/segments/{segment_id}/play', ...needs(bot, 'write') },
    ...{ operationId: 'play', tags: ['Render'], summary: 'A segment’s current clip' },
    request: { params: SegmentParams },
    responses: answers(Watchable, 'Its address'),
  })
  app.openapi(play, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const { workspace } = whoOf(context)
    const { draft, segments } = await loadToRender(core.db.fork(), workspace, draft_id)
    const segment = findSegment(segments, segment_id)
    const signal = AbortSignal.any([context.req.raw.signal, AbortSignal.timeout(PATIENCE)])
    const clip = await usingFiles(core, draft_id, () =>
      makePreview(core, draft, segment, edgesOf(segments), { signal }),
    )
    // Shows the clip to everyone else looking at the draft.
    core.events.changed(draft_id)
    const url = fileUrl(draft_id, `segments/${segment_id}/clip`, clip)
    return context.json({ success: true as const, data: { url } }, 200)
  })
}
