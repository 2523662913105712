import { DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { isComplete } from '../draft/completeness.ts'
import type { Core } from '../draft/core.ts'
import { usingFiles } from '../draft/draft-files.ts'
import { newestRender } from '../draft/editing/bundle-view.ts'
import { readmeOf } from '../draft/editing/readme.ts'
import { musicOfFilm } from '../draft/film-music.ts'
import { loadSegments } from '../draft/load.ts'
import { type Payload, type PayloadInput, readPayload } from '../draft/payloads.ts'
import { requireSpace } from '../draft/space.ts'
import { storyboardOf } from '../draft/storyboard.ts'
import { belowOf } from '../draft/upload/below.ts'
import { makeBundle } from '../media/editing/bundle.ts'
import type { RenderOptions, Storyboard } from '../media/types.ts'
import { UnwantedError, UserError } from '../model/errors.ts'
import { framesOf } from '../model/formats.ts'

/**
 * Runs a bundle job: makes a finished draft's files for editing programs. If it is run again after the process was killed,
 * it continues with the existing clips.
 * @throws UnwantedError if the draft has been reopened or rendered again since; UserError `bundle_file_lost`, `bundle_other_length`,
 * `disk_low`, and the errors of a render.
 */
export async function runBundle(
  core: Core,
  job: Job,
  asked: Payload<'bundle'>,
  { signal, onProgress }: RenderOptions,
): Promise<void> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId: job.draftId ?? '' })
  const rendered = draft && (await newestRender(em, draft.draftId))
  if (draft?.status !== 'finalized' || rendered?.jobId !== asked.render) throw new UnwantedError()
  await requireSpace(core)
  const { draftId } = draft
  const segments = await loadSegments(em, draftId)
  if (!segments.every(isComplete)) throw new UserError('bundle_file_lost')
  const files = segments.flatMap(({ ttsLocalPath, videoLocalPath }) => [ttsLocalPath, videoLocalPath])
  for (const file of files)
    if (file === null || !(await core.store.has(file))) throw new UserError('bundle_file_lost')
  const board = storyboardOf(draft, segments)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  requireSameLength(board, rendered)
  const render = readPayload('finalize', rendered)
  await usingFiles(core, draftId, async () => {
    const { track, isLost } = await musicOfFilm(core, board, render, signal)
    const { credits } = belowOf(draft, segments, track && (render?.music ?? null))
    const music = track ? 'there' : isLost ? 'lost' : 'none'
    const words = {
      title: draft.title,
      names: segments.map(({ keyword }) => keyword),
      readme: readmeOf(draft, credits, music),
    }
    const options = { signal, onProgress, urgency: 'asked' } as const
    const file = await makeBundle(tools, board, track, words, options)
    const payload: PayloadInput<'bundle'> = { ...asked, file, hasMusic: track !== null }
    await core.db.fork().nativeUpdate(JobEntity, { jobId: job.jobId, state: 'running' }, { payload })
  })
  core.events.changed(draftId)
}

/** Earlier versions gave films different endings, so the timeline wouldn't match such a film. */
function requireSameLength({ segments }: Storyboard, { outputDuration }: Job): void {
  const frames = segments.reduce((sum, { duration }) => sum + framesOf(duration), 0)
  if (outputDuration !== null && framesOf(outputDuration) !== frames)
    throw new UserError('bundle_other_length')
}
