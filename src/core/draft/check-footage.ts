import { open } from 'node:fs/promises'
import { decodeVideo } from '../media/ffmpeg/decodes.ts'
import { type MediaInfo, probeMedia } from '../media/ffmpeg/probe.ts'
import { MAX_DURATION, SIDE } from '../media/footage/inspect.ts'
import { makeOrdinary } from '../media/pictures/pictures.ts'
import { hashFile } from '../media/store/hash.ts'
import type { CheckedFootage } from '../model/checked-files.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { ENGLISH_UNUSABLE, UnusableError } from '../model/unusable.ts'
import type { Core } from './core.ts'

/**
 * Decodes a file from somewhere else once, completely, before it is used. What was good once is remembered.
 * @returns what it was found to be, and by its headers where these were looked at.
 * @throws ProviderError `bad_answer` when it does not decode, breaks off, or has no sane size or length.
 */
export async function checkFootage(
  { ffmpeg, checkedFiles }: Pick<Core, 'ffmpeg' | 'checkedFiles'>,
  provider: string,
  file: string,
  signal?: AbortSignal,
): Promise<CheckedFootage & { media?: MediaInfo }> {
  const key = `${ffmpeg.build} ${await hashFile(file)}`
  const known = await checkedFiles.get(key)
  if (known) return known
  const { media, ...checked } = await check(ffmpeg, provider, file, signal)
  await checkedFiles.set(key, checked)
  return { ...checked, media }
}

async function check(
  ffmpeg: Core['ffmpeg'],
  provider: string,
  file: string,
  signal?: AbortSignal,
): Promise<CheckedFootage & { media: MediaInfo }> {
  const bad = (what: string, cause?: unknown) =>
    new ProviderError(provider, 'bad_answer', `${titleOf(provider)} sent ${what}.`, { cause })
  if (await isPlaylist(file)) throw bad('a playlist instead of a video')
  const media = await probeMedia(ffmpeg, file, signal).catch((cause: unknown) => {
    if (cause instanceof UserError && cause.code !== 'ffmpeg_failed') throw cause
    throw bad('a file that cannot be decoded', cause)
  })
  if (!media.hasVideo) throw bad('a file without any picture')
  const sides = [media.width, media.height]
  if (sides.some((side) => side < SIDE.min || side > SIDE.max))
    throw bad(`a picture of ${sides.join('×')} pixels`)
  if (!media.isImage && (media.duration ?? 0) > MAX_DURATION) throw bad('a video without a usable length')
  const decoded = await decodeVideo(ffmpeg, file, media, MAX_DURATION + 1, signal)
  if (decoded === null) throw bad('a file that cannot be decoded')
  if (media.isImage) return { kind: 'image', duration: null, extension: 'img', media }
  const { seconds, breaksOff } = decoded
  if (breaksOff) throw bad(`a video of which only ${seconds.toFixed(1)} seconds can be decoded`)
  if (seconds <= 0 || seconds > MAX_DURATION) throw bad('a video without a usable length')
  return { kind: 'video', duration: seconds, extension: 'mp4', media }
}

/**
 * Makes a picture from somewhere else into one that every ffmpeg shows alike, before it is checked.
 * @throws ProviderError `bad_answer` when it is too large or does not decode.
 */
export async function makeFootageOrdinary(
  { ffmpeg }: Pick<Core, 'ffmpeg'>,
  provider: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await makeOrdinary(file, { signal, patience: ffmpeg.patience })
  } catch (cause) {
    if (!(cause instanceof UnusableError)) throw cause
    const sentence = `${titleOf(provider)} sent a picture that cannot be used: ${ENGLISH_UNUSABLE[cause.why]}.`
    throw new ProviderError(provider, 'bad_answer', sentence, { cause })
  }
}

/** ffmpeg would open whatever such a list names. */
async function isPlaylist(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(32), 0, 32, 0)
    return /^\ufeff?\s*(#EXT|ffconcat|\[playlist|<)/i.test(buffer.toString('utf8', 0, bytesRead))
  } finally {
    await handle.close()
  }
}

const TITLES: Record<string, string> = {
  pexels: 'Pexels',
  pixabay: 'Pixabay',
  media: 'The team folder',
  drawn: 'The built-in artwork',
  own_file: 'The upload',
}

/** A provider as a sentence begins with it. */
export function titleOf(provider: string): string {
  return TITLES[provider] ?? 'The footage service'
}
