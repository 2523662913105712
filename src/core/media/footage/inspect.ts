import { UserError } from '../../model/errors.ts'
import { UnusableError } from '../../model/unusable.ts'
import { ProcessError } from '../ffmpeg/capture-output.ts'
import { decodesAt, decodeVideo, measureLength } from '../ffmpeg/decodes.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { MOST_SIDE } from '../ffmpeg/foreign.ts'
import { type MediaInfo, probeMedia } from '../ffmpeg/probe.ts'
import { headUnusable, isPicture, nameUnusable, readHead } from '../pictures/file-kind.ts'
import { type PictureSize, pictureSize } from '../pictures/pictures.ts'

/** Pixels per side of footage; smaller footage shows nothing. */
export const SIDE = { min: 64, max: MOST_SIDE }
/** Seconds; longer files aren't footage. */
export const MAX_DURATION = 3600
/** The fraction of a video that must be there, as when it is decoded completely. */
const NEAR_THE_END = 0.8

export interface Inspected {
  /** Pixels, upright. */
  width: number
  height: number
  /** Seconds; null for a still. */
  duration: number | null
  isImage: boolean
}

/**
 * Inspects someone else's file by its content instead of its name's extension; reads headers only.
 * @throws UnusableError with what is wrong with it; UserError if it couldn't be inspected.
 */
export async function inspectFootage(ffmpeg: Ffmpeg, file: string, signal?: AbortSignal): Promise<Inspected> {
  const why = nameUnusable(file) ?? headUnusable(await readHead(file))
  if (why !== null) throw new UnusableError(why)
  const { patience } = ffmpeg
  const picture = await pictureSize(file, { signal, patience })
  const inspected = picture === null ? await inspectMedia(ffmpeg, file, signal) : sized(picture)
  const { width, height, duration } = inspected
  if (Math.min(width, height) < SIDE.min) throw new UnusableError('too_small')
  if ((duration ?? 0) > MAX_DURATION) throw new UnusableError('too_long')
  return inspected
}

/**
 * Checks that a video really plays, at its beginning and near its stated end. This happens before it is offered; all of it is
 * decoded before it is used.
 * @returns the file's properties; null for a picture.
 * @throws like `inspectFootage`.
 */
export async function tryPlaying(
  ffmpeg: Ffmpeg,
  file: string,
  signal?: AbortSignal,
): Promise<MediaInfo | null> {
  // Pictures are decoded completely when they are normalized.
  if (isPicture(await readHead(file))) return null
  const media = await probed(ffmpeg, file, signal)
  if (!(await decodesAt(ffmpeg, file, media, 0, signal))) throw new UnusableError('undecodable')
  if (media.isImage || media.duration === null || media.isLengthGuessed) return media
  if (await decodesAt(ffmpeg, file, media, media.duration * NEAR_THE_END, signal)) return media
  // Without an index, the last key frame may lie before this point: only decoding everything tells.
  const decoded = await decodeVideo(ffmpeg, file, media, MAX_DURATION, signal)
  if (decoded === null || decoded.breaksOff) throw new UnusableError('incomplete')
  return media
}

async function inspectMedia(ffmpeg: Ffmpeg, file: string, signal?: AbortSignal): Promise<Inspected> {
  const media = await probed(ffmpeg, file, signal)
  if (!media.hasVideo) throw new UnusableError(media.hasAudio ? 'sound' : 'unknown')
  const { height, isImage } = media
  // The displayed width, as its pixels may not be square.
  const width = Math.round(media.width * media.pixelAspect)
  if (Math.min(width, height) < 1) throw new UnusableError('undecodable')
  if (Math.max(media.width, height) > SIDE.max) throw new UnusableError('too_large')
  if (isImage) return { width, height, isImage, duration: null }
  const isStated = media.duration !== null && !media.isLengthGuessed
  const duration = isStated
    ? media.duration
    : await measureLength(ffmpeg, file, media, MAX_DURATION + 1, signal)
  if (duration === null) throw new UnusableError('undecodable')
  return { width, height, isImage, duration }
}

function sized({ width, height, seconds }: PictureSize): Inspected {
  return { width, height, duration: seconds, isImage: seconds === null }
}

/** Like `probeMedia`, but throws UnusableError if ffprobe ran to its end and couldn't read the file. */
async function probed(ffmpeg: Ffmpeg, file: string, signal?: AbortSignal): Promise<MediaInfo> {
  try {
    return await probeMedia(ffmpeg, file, signal)
  } catch (error) {
    const cause = error instanceof UserError && error.code === 'ffmpeg_failed' ? error.cause : null
    if (!(cause instanceof ProcessError) || cause.code === null) throw error
    throw new UnusableError(await whyUnread(file, cause.said), { cause: error })
  }
}

async function whyUnread(file: string, said: string): Promise<UnusableError['why']> {
  // An MP4's index is at its end.
  const isMp4 = (await readHead(file)).toString('latin1', 4, 8) === 'ftyp'
  if (isMp4 && /moov atom not found/i.test(said)) return 'incomplete'
  if (/pixel|picture size|dimensions/i.test(said)) return 'too_large'
  return 'undecodable'
}
