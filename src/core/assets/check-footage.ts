import { ProviderError } from '../errors.ts'
import type { Ffmpeg } from '../render/ffmpeg.ts'
import { probeMedia } from '../render/probe.ts'

/** Pixels on a side; below there is nothing to show, above ffmpeg would need more memory than a renderer has. */
const SIDE = { min: 64, max: 8192 }
/** Seconds; a longer file is not stock footage. */
const MAX_DURATION = 3600

/**
 * Looks into a downloaded file before it is used.
 * @returns whether it is a video or a still, and the extension under which it is kept.
 * @throws ProviderError `bad_answer` when it does not decode or has no sane size or length.
 */
export async function checkFootage(
  ffmpeg: Ffmpeg,
  provider: string,
  file: string,
): Promise<{ kind: 'video' | 'image'; extension: string }> {
  const media = await probeMedia(ffmpeg, file).catch((cause) => {
    throw new ProviderError(provider, 'bad_answer', `${provider} sent a file that does not decode.`, {
      cause,
    })
  })
  if (!media.hasVideo)
    throw new ProviderError(provider, 'bad_answer', `${provider} sent a file without a picture.`)
  const sides = [media.width, media.height]
  if (sides.some((side) => side < SIDE.min || side > SIDE.max))
    throw new ProviderError(
      provider,
      'bad_answer',
      `${provider} sent a picture of ${sides.join('×')} pixels.`,
    )
  if (media.isImage) return { kind: 'image', extension: 'img' }
  if (media.duration === null || media.duration <= 0 || media.duration > MAX_DURATION)
    throw new ProviderError(provider, 'bad_answer', `${provider} sent a video of no usable length.`)
  return { kind: 'video', extension: 'mp4' }
}
