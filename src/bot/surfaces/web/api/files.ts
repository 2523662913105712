import { createRoute, z } from '@hono/zod-openapi'
import { readyBundle } from '../../../../core/draft/editing/bundle-view.ts'
import { type DraftWithoutCandidates, findSegment, loadToRender } from '../../../../core/draft/load.ts'
import { readyClip, readyFilm, readySound, readyStill } from '../../../../core/draft/ready-files.ts'
import { renderedVideo } from '../../../../core/draft/rendered-video.ts'
import { filesBeside } from '../../../../core/model/film-files.ts'
import type { Bot } from '../../../handlers/request.ts'
import { type WebApp, whoOf } from '../env.ts'
import { DraftParams, needs, REFUSALS, refusal, SegmentParams } from './routes.ts'
import { sendFile } from './send-file.ts'

/** Time limit for choosing music, in milliseconds. */
const PATIENCE = 20_000

const OF_DRAFT = ['sound', 'film', 'video', 'poster', 'video.srt', 'video.vtt', 'bundle'] as const
const OF_SEGMENT = ['clip', 'still', 'voice', 'footage'] as const

const SAID: Record<(typeof OF_DRAFT)[number] | (typeof OF_SEGMENT)[number], string> = {
  sound: 'The mix of the draft as it is now',
  film: 'The film of the draft as it is now, once `watch` has made it',
  video: 'The newest finished video',
  poster: 'The poster of the newest finished video',
  'video.srt': 'The captions of the newest finished video, as SubRip',
  'video.vtt': 'The captions of the newest finished video, as WebVTT',
  bundle: 'The latest video’s files for editing programs as a zip, once `editing-files` has made them',
  clip: 'The clip of a segment, with its voice',
  still: 'A still of the footage of a segment',
  voice: 'The voice of a segment',
  footage: 'The footage of a segment',
}

/** Files, addressed by what they belong to; no address contains a path. */
export function addFiles(app: WebApp, bot: Bot): void {
  const { core } = bot
  for (const file of OF_DRAFT)
    app.openapi(
      createRoute({ ...about(bot, file, `/api/draft/{draft_id}/${file}`), request: { params: DraftParams } }),
      async (context) => {
        const { draft_id } = context.req.valid('param')
        const { workspace } = whoOf(context)
        const loaded = await loadToRender(core.db.fork(), workspace, draft_id)
        return sendFile(context, core.store, await ofDraft(bot, file, loaded))
      },
    )
  for (const file of OF_SEGMENT) {
    const path = `/api/draft/{draft_id}/segments/{segment_id}/${file}`
    app.openapi(
      createRoute({ ...about(bot, file, path), request: { params: SegmentParams } }),
      async (context) => {
        const { draft_id, segment_id } = context.req.valid('param')
        const { workspace } = whoOf(context)
        const loaded = await loadToRender(core.db.fork(), workspace, draft_id)
        return sendFile(context, core.store, await ofSegment(bot, file, loaded, segment_id))
      },
    )
  }
}

function about(bot: Bot, file: keyof typeof SAID, path: string) {
  const content = { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } }
  const name = file.replace(/(?:^|\.)([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return {
    ...{ method: 'get' as const, path, ...needs(bot, 'see') },
    ...{ operationId: `get${name}File`, tags: ['Files'], summary: SAID[file] },
    responses: {
      200: { description: 'The file, with an ETag', content },
      206: { description: 'The requested range', content },
      304: { description: 'The file hasn’t changed' },
      416: refusal('The file has no such range'),
      ...REFUSALS,
    },
  }
}

async function ofDraft(
  { core }: Bot,
  file: (typeof OF_DRAFT)[number],
  { draft, segments }: DraftWithoutCandidates,
): Promise<string | null> {
  if (file === 'sound') return readySound(core, draft, segments)
  if (file === 'film') return readyFilm(core, draft, segments, AbortSignal.timeout(PATIENCE))
  if (file === 'bundle') return readyBundle(core, draft.draftId)
  const video = await renderedVideo(core, draft.draftId)
  if (video === null || file === 'video') return video
  const { poster, subtitles, webSubtitles } = filesBeside(video)
  return { poster, 'video.srt': subtitles, 'video.vtt': webSubtitles }[file]
}

async function ofSegment(
  { core }: Bot,
  file: (typeof OF_SEGMENT)[number],
  { draft, segments }: DraftWithoutCandidates,
  segmentId: number,
): Promise<string | null> {
  const segment = findSegment(segments, segmentId)
  if (file === 'voice') return segment.ttsLocalPath
  if (file === 'footage') return segment.videoLocalPath
  return file === 'still' ? readyStill(core, segment) : readyClip(core, draft, segments, segment)
}
