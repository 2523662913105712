import { writeFile } from 'node:fs/promises'
import PQueue from 'p-queue'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { recordAct } from '../draft/audit.ts'
import { isComplete } from '../draft/completeness.ts'
import type { Core } from '../draft/core.ts'
import { usingFiles } from '../draft/draft-files.ts'
import { toldOf } from '../draft/film-music.ts'
import { filmOf } from '../draft/film-of.ts'
import { loadSegments } from '../draft/load.ts'
import { forgetLostFiles } from '../draft/lost-files.ts'
import type { Payload, PayloadInput } from '../draft/payloads.ts'
import { picksEnded } from '../draft/pick-footage.ts'
import { type PickedMusic, pickMusic } from '../draft/pick-music.ts'
import { requesterOf } from '../draft/requester.ts'
import { moveStatus } from '../draft/status.ts'
import { storyboardOf } from '../draft/storyboard.ts'
import { enqueueUpload } from '../draft/upload/enqueue-upload.ts'
import { announceFinished } from '../draft/webhook/announce.ts'
import { asDiskError } from '../media/ffmpeg/disk-error.ts'
import type { FfmpegPool } from '../media/ffmpeg/pool.ts'
import { makePoster } from '../media/film/poster.ts'
import { renderVideo } from '../media/film/render-video.ts'
import { filmCues, srtOf, vttOf } from '../media/film/subtitles.ts'
import type { RenderOptions, RenderReport, Storyboard } from '../media/types.ts'
import { UserError } from '../model/errors.ts'
import { storedReasons } from '../model/failure.ts'
import { filesBeside, filmAndBeside } from '../model/film-files.ts'
import type { StoredName } from '../model/store.ts'
import { collectSegment } from './collect/collect.ts'

/** The number of segments whose assets are made concurrently. */
const COLLECTED_AT_ONCE = 4
/** The share of the progress bar for missing assets, if there are any. */
const COLLECTING = 0.3

/**
 * Runs a finalize job: missing assets first, then the video. After a failure or cancellation there is no video; the draft
 * stays unchanged, because the job may be retried. A retry continues with the existing clips.
 * @throws UserError `approval_void`, `assets_missing`, `disk_full`, `ffmpeg_failed`, `cancelled`.
 */
export async function runFinalize(
  core: Core,
  job: Job,
  payload: Payload<'finalize'>,
  options: RenderOptions,
): Promise<void> {
  const draft = await core.db.fork().findOne(DraftEntity, { draftId: job.draftId ?? '' })
  // It was deleted or cancelled, or an earlier run got this far and died before the job was marked as done.
  if (draft?.status !== 'converting') return
  const video: StoredName = `videos/${draft.draftId}-${job.jobId}.mp4`
  try {
    // Work requested to be rendered ahead is done here now, with priority; another script would come too late.
    await core.jobs.cancelDraft(draft.draftId, ['clip', 'sound', 'create'])
    await picksEnded(core, draft.draftId, options.signal)
    const collecting = await collectMissing(core, draft, options)
    const onProgress = (fraction: number) => options.onProgress?.(collecting + fraction * (1 - collecting))
    const { report, music } = await usingFiles(core, draft.draftId, () =>
      render(core, draft, payload.film, video, { ...options, onProgress }),
    )
    const heard = await told(music)
    await core.db.transaction(async (em) => {
      const done: PayloadInput<'finalize'> = { ...payload, report, ...heard }
      const fields = { outputVideoPath: video, outputDuration: report.duration, payload: done }
      // It may have been cancelled at the last moment, and a finished draft must not lack its video.
      const recorded = await em.nativeUpdate(JobEntity, { jobId: job.jobId, state: 'running' }, fields)
      if (recorded === 0) throw new UserError('cancelled')
      const now = core.clock()
      if (!(await moveStatus(em, draft.draftId, 'rendered', now))) return
      const about = { place: draft, draftId: draft.draftId, actor: requesterOf(job), now }
      await recordAct(em, 'rendered', about, { job: job.jobId, seconds: report.duration })
      await announceFinished(core, em, draft, job.jobId, requesterOf(job))
      const rendered = { jobId: job.jobId, outputVideoPath: video, payload: done }
      if (payload.upload) await enqueueUpload(core, em, draft, rendered, requesterOf(job), payload.upload)
    })
  } catch (error) {
    for (const file of filmAndBeside(video)) await core.store.remove(file)
    throw error
  } finally {
    core.events.changed(draft.draftId)
  }
}

/** @returns the fraction of the progress bar that is used up. */
async function collectMissing(
  core: Core,
  draft: Draft,
  { signal, onProgress }: RenderOptions,
): Promise<number> {
  await forgetLostFiles(core, draft.draftId)
  const missing = (await loadSegments(core.db.fork(), draft.draftId)).filter(
    (segment) => !isComplete(segment),
  )
  if (missing.length === 0) return 0
  // The same work may be waiting or running as separate jobs; here it is done immediately.
  await core.jobs.cancelDraft(draft.draftId, ['collect'])
  const urgent = asRender(core)
  const queue = new PQueue({ concurrency: COLLECTED_AT_ONCE })
  let done = 0
  await allEnded(
    missing.map((segment) =>
      queue.add(async () => {
        signal.throwIfAborted()
        await collectSegment(urgent, { segmentId: segment.id }, signal)
        done += 1
        onProgress?.((COLLECTING * done) / missing.length)
      }),
    ),
  )
  return COLLECTING
}

/** Waits for everything, even after a failure, because unattended work would leave files that nobody removes. */
async function allEnded(work: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason
}

/** The same program, with every ffmpeg run prioritised over background work. */
function asRender(core: Core): Core {
  const { pool } = core.ffmpeg
  const urgent: FfmpegPool = { ...pool, run: (_urgency, signal, work) => pool.run('render', signal, work) }
  return { ...core, ffmpeg: { ...core.ffmpeg, pool: urgent } }
}

async function render(
  core: Core,
  draft: Draft,
  approved: string | null,
  video: StoredName,
  options: RenderOptions,
): Promise<{ report: RenderReport; music: PickedMusic }> {
  const segments = await loadSegments(core.db.fork(), draft.draftId)
  requireComplete(segments)
  // Lost files have been recreated, and aren't what people have seen and heard.
  if (approved !== null && filmOf(draft, segments) !== approved) throw new UserError('approval_void')
  const storyboard = storyboardOf(draft, segments)
  const music = await pickMusic(core, storyboard, options.signal)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  // An earlier run may have got this far and died, and what its video was made from is unknown.
  for (const file of filmAndBeside(video)) await core.store.remove(file)
  let report: RenderReport | undefined
  const produce = async (file: string) => {
    report = await renderVideo(tools, storyboard, music.track, file, options)
  }
  await allEnded([
    asDiskError(core.store.put(video, produce)),
    writeBeside(core, draft, storyboard, video, options.signal),
  ])
  if (!report) throw new Error(`${video} was made by somebody else`)
  return { report, music }
}

/**
 * Writes a film's accompanying files. A film can be finished without a poster, because its footage may not have a suitable
 * frame.
 */
async function writeBeside(
  core: Core,
  draft: Draft,
  storyboard: Storyboard,
  video: StoredName,
  signal: AbortSignal,
): Promise<void> {
  const beside = filesBeside(video)
  const cues = await filmCues(core.store, storyboard)
  const poster = (file: string) =>
    makePoster({ ffmpeg: core.ffmpeg, store: core.store }, storyboard, draft.title, file, {
      signal,
      urgency: 'render',
    })
  await allEnded([
    asDiskError(core.store.put(beside.subtitles, (file) => writeFile(file, srtOf(cues)))),
    asDiskError(core.store.put(beside.webSubtitles, (file) => writeFile(file, vttOf(cues)))),
    asDiskError(core.store.put(beside.poster, poster)).catch((err: unknown) => {
      if (signal.aborted || !(err instanceof UserError) || err.code !== 'ffmpeg_failed') throw err
      core.log.warn({ draft: draft.draftId, err }, 'a film has no poster')
    }),
  ])
}

/** The music credit for the video's message, and why the music comes from an unexpected source. */
async function told({ track, reasons }: PickedMusic) {
  return {
    music: track && (await toldOf(track)),
    musicError: reasons.length > 0 ? storedReasons(reasons) : null,
  }
}

function requireComplete(segments: Segment[]): void {
  const incomplete = segments
    .filter((segment) => !isComplete(segment))
    .map(({ segmentIndex }) => segmentIndex + 1)
  if (incomplete.length > 0) throw new UserError('assets_missing', { segments: incomplete.join(', ') })
}
