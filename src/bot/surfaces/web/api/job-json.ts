import { z } from '@hono/zod-openapi'
import type { ListedJob } from '../../../../core/draft/jobs.ts'
import { readFailure } from '../../../../core/model/failure.ts'
import { failureText } from '../../../words/failures.ts'
import type { Words } from '../../../words/index.ts'
import { JobJson } from '../draft-json.ts'
import { jobOf } from '../job-of.ts'
import { statusOf, WebError } from '../problems.ts'

/** A job with what a list shows: a render, or any job of a draft that is requested by its id. */
export const ListedJobJson = JobJson.extend({
  draft_id: z.string().nullable(),
  kind: z.string(),
  title: z.string().nullable(),
  requested_by: z.string().nullable(),
  output_video_path: z.string().nullable(),
  duration: z.number().nullable(),
  youtube_url: z.string().nullable(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
}).openapi('ListedJob')

type ListedJobJson = z.infer<typeof ListedJobJson>

export function listedJobOf(job: ListedJob, words: Words): ListedJobJson {
  return {
    ...jobOf(job, words),
    ...{ draft_id: job.draftId, kind: job.kind, title: job.title, requested_by: job.requesterName },
    ...{ output_video_path: job.outputVideoPath, duration: job.outputDuration, youtube_url: job.youtubeUrl },
    created_at: job.createdAt.toISOString(),
    finished_at: job.finishedAt?.toISOString() ?? null,
  }
}

/** The error for a caller who waited for a job that failed or was cancelled. */
export function failedJob(
  { jobId, state, error }: { jobId: string; state: string; error: string | null },
  words: Words,
  about: Record<string, unknown>,
): WebError {
  const more = { ...about, job_id: jobId }
  if (state === 'cancelled') return new WebError(409, 'cancelled', words.errors.cancelled(undefined), more)
  const [reason] = readFailure(error ?? '').reasons ?? []
  const code = reason && 'code' in reason ? reason.code : 'provider_failed'
  // A refusal by core is due to the request; a failure of a service or of Rushes is not.
  const isBroken = /_failed$|^internal_|^ended_|^ffmpeg_/.test(code)
  return new WebError(isBroken ? 502 : statusOf(code), code, failureText(words, error), more)
}
