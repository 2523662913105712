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
 * Decodes an external file completely once before it is used. Good files are remembered.
 * @returns what was found out about it, with its headers if they were read.
 * @throws ProviderError `bad_answer` if it can't be decoded, is truncated, or has no sane size or length.
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
  const media = await probeMedia(ffmpeg, file, signal, { withPackets: true }).catch((cause: unknown) => {
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
 * Converts an external picture into one that every ffmpeg shows the same way, before it is checked.
 * @throws ProviderError `bad_answer` if it is too large or can't be decoded.
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

/** ffmpeg would open every file named in such a playlist. */
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

/** A provider's name at the start of a sentence. */
export function titleOf(provider: string): string {
  return TITLES[provider] ?? 'The footage service'
}
