import { DraftEntity } from '../../../db/entities/draft.ts'
import { JobEntity } from '../../../db/entities/job.ts'
import type { EntityManager } from '../../../db/types.ts'
import { filesBeside } from '../../model/film-files.ts'
import type { Core } from '../core.ts'
import { loadSegments } from '../load.ts'
import { type Payload, readPayload } from '../payloads.ts'
import { requesterOf } from '../requester.ts'
import { belowOf } from '../upload/below.ts'

/** The JSON that is sent. */
export type FinishedMessage = NonNullable<Payload<'webhook'>['message']>

/** Fields whose addresses give access to anyone who knows them. */
export const SECRET_FIELDS = ['video_url', 'poster_url', 'captions_url', 'captions_vtt_url'] as const

/**
 * The webhook message for a finished film; its fields are in docs/hand-over.md.
 * @param message the film's address in the chat; null if it has none.
 * @returns null if the draft or its film is gone.
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
  // If files can't be downloaded, people find them in the chat. A link to the chat isn't a file.
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
