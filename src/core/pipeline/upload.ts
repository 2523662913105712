import { open } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { accessOf } from '../draft/accounts/access.ts'
import { platformOfAccount } from '../draft/accounts/platform-of.ts'
import { recordAct } from '../draft/audit.ts'
import type { Core } from '../draft/core.ts'
import { usingFiles } from '../draft/draft-files.ts'
import { type Payload, type PayloadInput, payloadOf } from '../draft/payloads.ts'
import { requesterOf } from '../draft/requester.ts'
import { detailsOf } from '../draft/upload/details.ts'
import type { RenderOptions } from '../media/types.ts'
import { UserError } from '../model/errors.ts'
import { isNodeError, storedFailure } from '../model/failure.ts'
import { filesBeside } from '../model/film-files.ts'
import type { Platform } from '../model/platform.ts'
import type { FilmFile, UploadOptions } from '../model/upload-target.ts'

/** The share of the progress bar for the film itself. */
const SENDING = 0.95

/**
 * Runs an upload: the film, then its poster and captions. Each step is saved when it is done, so that a retry continues
 * there, even within the film. If the poster or captions fail, the film is uploaded anyway, with the reason.
 * @throws UserError `upload_not_configured`, `no_film_to_upload`, and the errors of `UploadTarget.upload`.
 */
export async function runUpload(
  core: Core,
  job: Job,
  asked: Payload<'upload'>,
  { signal, onProgress }: RenderOptions,
): Promise<void> {
  const { id, scopes, platform } = await platformOfAccount(core, asked.accountId)
  const options = { access: accessOf(core, id), signal }
  const draftId = job.draftId ?? ''
  await usingFiles(core, draftId, async () => {
    const video = asked.video ?? (await sendFilm(core, job, asked, platform, { ...options, onProgress }))
    const beside = filesBeside(asked.film)
    const { uploads } = platform
    if (asked.isContinued)
      await add(core, job, 'details', { isContinued: false }, signal, async () => {
        const { id, privacy } = await uploads.update(video.id, detailsOf(asked), options)
        await keep(core, job, { video: { id, privacy } })
      })
    if (!asked.hasPoster)
      await add(core, job, 'poster', { hasPoster: true }, signal, async () => {
        const picture = await contentOf(core, beside.poster)
        if (picture) await uploads.setPoster(video.id, picture, options)
      })
    if (!asked.hasCaptions && uploads.canCaption(scopes))
      await add(core, job, 'captions', { hasCaptions: true }, signal, async () => {
        const subtitles = await contentOf(core, beside.subtitles)
        if (subtitles) await uploads.addCaptions(video.id, subtitles, asked.details.language, options)
      })
  })
  core.events.changed(draftId)
}

async function sendFilm(
  core: Core,
  job: Job,
  asked: Payload<'upload'>,
  { uploads }: Platform,
  options: UploadOptions & { onProgress?: ((fraction: number) => void) | undefined },
): Promise<{ id: string }> {
  const details = detailsOf(asked)
  const about = JSON.stringify(['upload', asked.render])
  const address = asked.sealedSession === null ? null : core.sealer.open(asked.sealedSession, about)
  // A started upload is finished as it was started, even if its publishing time has passed.
  if (address === null) uploads.check(details, core.clock())
  const session = {
    address,
    keep: (now: string | null) =>
      keep(core, job, { sealedSession: now === null ? null : core.sealer.seal(now, about) }),
  }
  const { access, signal, onProgress } = options
  const progress = onProgress && { onProgress: (fraction: number) => onProgress(fraction * SENDING) }
  const sent = await withFilm(core, asked.film, (film) =>
    uploads.upload(film, details, session, { access, signal, ...progress }),
  )
  const { id, privacy } = sent
  await core.db.transaction(async (em) => {
    const now = core.clock()
    const row = await em.findOneOrFail(JobEntity, { jobId: job.jobId })
    const payload: PayloadInput<'upload'> = {
      ...payloadOf('upload', row),
      ...{ sealedSession: null, video: { id, privacy } },
    }
    // The video is there whatever happens to the job, even if it is cancelled at this moment.
    await em.nativeUpdate(JobEntity, { jobId: job.jobId }, { payload, youtubeUrl: sent.address })
    await em.nativeUpdate(JobEntity, { jobId: asked.render }, { youtubeUrl: sent.address })
    const draft = await em.findOne(DraftEntity, { draftId: job.draftId ?? '' })
    if (!draft) return
    const about = { place: draft, draftId: draft.draftId, actor: requesterOf(job), now }
    await recordAct(em, 'uploaded', about, { job: job.jobId, video: id, privacy })
  })
  core.events.changed(job.draftId ?? '')
  return sent
}

/** Adds something to an uploaded video. A failure is recorded next to it; only stopping or cancelling ends the job. */
async function add(
  core: Core,
  job: Job,
  what: 'poster' | 'captions' | 'details',
  done: Partial<Payload<'upload'>>,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
    await keep(core, job, done)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof UserError && error.code === 'cancelled') throw error
    core.log.warn({ job: job.jobId, what, err: error }, 'a video lacks something on its platform')
    const row = await core.db.fork().findOneOrFail(JobEntity, { jobId: job.jobId })
    const { troubles } = payloadOf('upload', row)
    await keep(core, job, { ...done, troubles: [...troubles, { what, error: storedFailure(error) }] })
  }
}

/** Saves the progress. @throws UserError if the job is no longer ours. */
async function keep(core: Core, { jobId }: Job, change: Partial<Payload<'upload'>>): Promise<void> {
  await core.db.transaction(async (em) => {
    const row = await em.findOne(JobEntity, { jobId, state: 'running' })
    if (!row) throw new UserError('cancelled')
    const payload: PayloadInput<'upload'> = { ...payloadOf('upload', row), ...change }
    await em.nativeUpdate(JobEntity, { jobId }, { payload })
  })
}

/** Provides a film from the store. @throws UserError if it is gone. */
async function withFilm<T>(core: Core, name: string, work: (film: FilmFile) => Promise<T>): Promise<T> {
  const bytes = await core.store.size(name)
  if (bytes === null || bytes === 0) throw new UserError('no_film_to_upload')
  return core.store.withLocalFile(name, async (file) => {
    const handle = await open(file).catch((error: unknown) => {
      if (isNodeError(error) && error.code === 'ENOENT') throw new UserError('no_film_to_upload')
      throw error
    })
    try {
      return await work({
        bytes,
        read: async (start, end) => {
          const piece = new Uint8Array(end - start)
          const { bytesRead } = await handle.read(piece, 0, piece.length, start)
          if (bytesRead !== piece.length) throw new UserError('no_film_to_upload')
          return piece
        },
      })
    } finally {
      await handle.close()
    }
  })
}

/** Null for optional files. */
async function contentOf(core: Core, name: string): Promise<Uint8Array | null> {
  return (await core.store.has(name)) ? buffer(await core.store.open(name)) : null
}
