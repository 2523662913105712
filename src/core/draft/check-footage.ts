import { open } from 'node:fs/promises'
import { decodeVideo } from '../media/ffmpeg/decodes.ts'
import { MOST_SIDE } from '../media/ffmpeg/foreign.ts'
import { probeMedia } from '../media/ffmpeg/probe.ts'
import { hashFile } from '../media/store/store.ts'
import type { CheckedFootage } from '../model/checked-files.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import type { Core } from './core.ts'

/** Pixels on a side; below there is nothing to show. */
const SIDE = { min: 64, max: MOST_SIDE }
/** Seconds; a longer file is not stock footage. */
const MAX_DURATION = 3600
/** Files of which it is remembered what they are. */
const REMEMBERED = 5000

/**
 * Decodes a file from somewhere else once, completely, before it is used. What was good once is remembered.
 * @throws ProviderError `bad_answer` when it does not decode, breaks off, or has no sane size or length.
 */
export async function checkFootage(
  { ffmpeg, checkedFiles }: Pick<Core, 'ffmpeg' | 'checkedFiles'>,
  provider: string,
  file: string,
  signal?: AbortSignal,
): Promise<CheckedFootage> {
  const key = `${ffmpeg.build} ${await hashFile(file)}`
  const known = checkedFiles.get(key)
  if (known) return known
  const checked = await check(ffmpeg, provider, file, signal)
  if (checkedFiles.size >= REMEMBERED) checkedFiles.clear()
  checkedFiles.set(key, checked)
  return checked
}

async function check(
  ffmpeg: Core['ffmpeg'],
  provider: string,
  file: string,
  signal?: AbortSignal,
): Promise<CheckedFootage> {
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
  if (media.isImage) return { kind: 'image', duration: null, extension: 'img' }
  const { seconds, breaksOff } = decoded
  if (breaksOff) throw bad(`a video of which only ${seconds.toFixed(1)} seconds can be decoded`)
  if (seconds <= 0 || seconds > MAX_DURATION) throw bad('a video without a usable length')
  return { kind: 'video', duration: seconds, extension: 'mp4' }
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
}

/** A provider as a sentence begins with it. */
export function titleOf(provider: string): string {
  return TITLES[provider] ?? 'The footage service'
}
