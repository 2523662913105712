import { open } from 'node:fs/promises'
import { ProviderError, UserError } from '../errors.ts'
import { decodes } from '../render/decodes.ts'
import type { Ffmpeg } from '../render/ffmpeg.ts'
import { probeMedia } from '../render/probe.ts'

/** Pixels on a side; below there is nothing to show, above ffmpeg would need more memory than a renderer has. */
const SIDE = { min: 64, max: 8192 }
/** Seconds; a longer file is not stock footage. */
const MAX_DURATION = 3600

/**
 * Looks into a downloaded file before it is used.
 * @returns whether it is a video or a still, its length in seconds, and the extension under which it is kept.
 * @throws ProviderError `bad_answer` when it does not decode or has no sane size or length.
 */
export async function checkFootage(
  ffmpeg: Ffmpeg,
  provider: string,
  file: string,
  signal?: AbortSignal,
): Promise<{ kind: 'video' | 'image'; duration: number | null; extension: string }> {
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
  const hasLength = media.duration !== null && media.duration > 0 && media.duration <= MAX_DURATION
  if (!media.isImage && !hasLength) throw bad('a video without a usable length')
  if (!(await decodes(ffmpeg, file, media, signal))) throw bad('a file that cannot be decoded')
  const { duration } = media
  return media.isImage
    ? { kind: 'image', duration: null, extension: 'img' }
    : { kind: 'video', duration, extension: 'mp4' }
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
