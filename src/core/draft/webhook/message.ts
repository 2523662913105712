import { DraftEntity } from '../../../db/entities/draft.ts'
import { JobEntity } from '../../../db/entities/job.ts'
import type { EntityManager } from '../../../db/types.ts'
import { filesBeside } from '../../model/film-files.ts'
import type { Core } from '../core.ts'
import { loadSegments } from '../load.ts'
import { type Payload, readPayload } from '../payloads.ts'
import { requesterOf } from '../requester.ts'
import { belowOf } from '../upload/below.ts'

/** As it is sent, as JSON. */
export type FinishedMessage = NonNullable<Payload<'webhook'>['message']>

/** Fields whose addresses open something to whoever knows them. */
export const SECRET_FIELDS = ['video_url', 'poster_url', 'captions_url', 'captions_vtt_url'] as const

/**
 * What a webhook is told of a finished film; docs/hand-over.md has its fields.
 * @param message where the film stands in the chat; null where that has no address.
 * @returns null where the draft or its film is gone.
 */
export async function finishedMessage(
  core: Core,
  em: EntityManager,
  { draftId, render }: { draftId: string; render: string },
  message: string | null,
): Promise<FinishedMessage | null> {
  const draft = await em.findOne(DraftEntity, { draftId }, { exclude: ['contentPlanJson'] })
  const job = await em.findOne(JobEntity, { jobId: render })
  const film = job?.outputVideoPath ?? null
  if (!draft || !job || film === null) return null
  const beside = filesBeside(film)
  const link = async (file: string) => ((await core.store.has(file)) ? core.links.file(draftId, file) : null)
  const [video, poster, srt, vtt] = await Promise.all([
    link(film),
    link(beside.poster),
    link(beside.subtitles),
    link(beside.webSubtitles),
  ])
  // Where the files cannot be fetched, people find them in the chat. What leads there is none.
  const elsewhere = video === null ? message : null
  const { credits } = belowOf(
    draft,
    await loadSegments(em, draftId),
    readPayload('finalize', job)?.music ?? null,
  )
  return {
    type: 'draft.finalized',
    timestamp: (job.finishedAt ?? core.clock()).toISOString(),
    data: {
      draft_id: draftId,
      ...{ title: draft.title, description: draft.description, tags: draft.tags },
      ...{ format: draft.format, language: draft.language, duration: job.outputDuration },
      video_url: video ?? message,
      poster_url: poster ?? elsewhere,
      captions_url: srt ?? elsewhere,
      captions_vtt_url: vtt ?? elsewhere,
      are_files: video !== null,
      message_url: message,
      studio_url: core.links.studio(draftId),
      youtube_url: job.youtubeUrl,
      credits,
      workspace: draft.workspace,
      finished_by: requesterOf(job),
    },
  }
}
