import { allowedAddress } from '../../media/download/download-address.ts'
import { pause } from '../../media/download/http-retry.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import type { FilmFile, UploadOptions, UploadSession } from '../../model/upload-target.ts'
import { requestOnce, YOUTUBE, type YouTubeAnswer } from './api.ts'

/**
 * Google's protocol for resumable uploads:
 * https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol
 */

export interface ResumableUpload extends UploadOptions {
  /** Where a session starts. */
  url: URL
  /** The video resource. */
  metadata: object
  film: FilmFile
  session: UploadSession
  onProgress?: (fraction: number) => void
  /** Size of one piece in bytes, a multiple of 256 KiB. */
  pieceBytes: number
  /** The origin of an overridden address, where sessions may be too; null for Google's own. */
  overriddenOrigin: string | null
  /** Waits for the given number of seconds. */
  wait?: (seconds: number, signal: AbortSignal) => Promise<void>
}

/** How many failures in a row, without a byte in between, before giving up until the job's next attempt. */
const MOST_FAILURES = 8
/** How many sessions in a row may be lost. */
const MOST_SESSIONS = 3
/** The longest pause, in seconds. */
const LONGEST_PAUSE = 64
/** Timeout for one piece, in seconds; for 8 MiB that requires 60 kbit/s. */
const PIECE_SECONDS = 1200

/** A session has ended; the film has to be sent from the start in a new one. */
class SessionGone extends Error {}

type Answer = { isDone: true; text: string } | { isDone: false; received: number }

/** @returns the video resource, as text. @throws the same as `UploadTarget.upload`. */
export async function uploadResumably(upload: ResumableUpload): Promise<string> {
  const { film, session, signal, onProgress, wait = pause } = upload
  let { address } = session
  // How much an earlier process sent isn't known here.
  let received = address === null ? 0 : null
  let failures = 0
  let sessions = 0
  for (;;) {
    signal.throwIfAborted()
    try {
      if (address === null) {
        address = await begin(upload)
        await session.keep(address)
        received = 0
      }
      const before = received
      const answer: Answer =
        received === null ? await ask(upload, address) : await sendPiece(upload, address, received)
      if (answer.isDone) return answer.text
      received = answer.received
      onProgress?.(received / film.bytes)
      if (before === null || received > before) failures = 0
      else throw new ProviderError('youtube', 'unavailable', 'YouTube accepted none of what was sent.')
    } catch (error) {
      if (error instanceof SessionGone) {
        sessions += 1
        if (sessions >= MOST_SESSIONS)
          throw new ProviderError('youtube', 'unavailable', 'YouTube ended the upload several times.')
        address = null
        await session.keep(null)
        continue
      }
      if (!mayPass(error)) throw error
      failures += 1
      if (failures >= MOST_FAILURES) throw error
      await wait(pauseAfter(failures, error.retryAfter), signal)
      // Before anything is sent again, the server is asked how much has arrived: it may be everything.
      if (address !== null) received = null
    }
  }
}

/** Steps 1 and 2. @returns the address of the session. */
async function begin({
  url,
  metadata,
  film,
  overriddenOrigin,
  ...options
}: ResumableUpload): Promise<string> {
  const { headers } = await requestOnce({
    ...{ url, access: options.access, signal: options.signal, method: 'POST' },
    body: JSON.stringify(metadata),
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-upload-content-length': String(film.bytes),
      'x-upload-content-type': 'video/mp4',
    },
  })
  const address = allowedAddress(headers.get('location') ?? '', ['googleapis.com'], overriddenOrigin, url)
  // The token is sent with every piece, so other addresses are refused.
  if (address === null)
    throw new UserError('upload_refused', { reason: 'unknown', message: 'It gave no usable address.' })
  return address.href
}

/** Step 4.1: asks how much has arrived. A completed upload is reported as such and not sent again. */
async function ask({ film, access, signal }: ResumableUpload, address: string): Promise<Answer> {
  return answerOf(
    await requestOnce({
      ...{ url: new URL(address), access, signal, method: 'PUT', accepts: GONE },
      body: new Uint8Array(0),
      headers: { 'content-range': `bytes */${film.bytes}` },
    }),
    film,
  )
}

/** Step 3. All pieces except the last are multiples of 256 KiB. */
async function sendPiece(
  { film, access, signal, pieceBytes }: ResumableUpload,
  address: string,
  start: number,
): Promise<Answer> {
  const end = Math.min(start + pieceBytes, film.bytes)
  const bytes = await film.read(start, end)
  return answerOf(
    await requestOnce({
      ...{ url: new URL(address), access, signal, method: 'PUT', accepts: GONE, seconds: PIECE_SECONDS },
      body: new Uint8Array(bytes),
      headers: {
        'content-type': 'video/mp4',
        'content-range': `bytes ${start}-${end - 1}/${film.bytes}`,
      },
    }),
    film,
  )
}

/** 404, or 410 from other Google services: the session has ended. */
const GONE = [404, 410]

function answerOf({ status, headers, text }: YouTubeAnswer, film: FilmFile): Answer {
  if (GONE.includes(status)) throw new SessionGone()
  if (status === 200 || status === 201) return { isDone: true, text }
  if (status !== 308)
    throw new ProviderError(
      'youtube',
      'bad_answer',
      `${YOUTUBE.title} gave an answer that is not expected (${status}).`,
    )
  // Without a range, nothing has arrived.
  const range = headers.get('range')
  const last = /^bytes=0-(\d{1,15})$/.exec(range ?? '')?.[1]
  const received = last === undefined ? 0 : Number(last) + 1
  if ((range !== null && last === undefined) || received > film.bytes)
    throw new ProviderError('youtube', 'bad_answer', `${YOUTUBE.title} says that more arrived than there is.`)
  return { isDone: false, received }
}

function mayPass(error: unknown): error is ProviderError {
  return (
    error instanceof ProviderError && (error.failure === 'unavailable' || error.failure === 'rate_limited')
  )
}

/** Exponential, with jitter so that clients don't all return at once; longer if the service says so. */
function pauseAfter(failures: number, retryAfter: number | null): number {
  const doubled = Math.min(LONGEST_PAUSE, 2 ** (failures - 1))
  return Math.min(LONGEST_PAUSE, Math.max(retryAfter ?? 0, doubled * (0.5 + Math.random() / 2)))
}
