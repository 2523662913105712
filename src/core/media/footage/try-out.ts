import { UserError } from '../../model/errors.ts'
import { UnusableError } from '../../model/unusable.ts'
import { renderThumbnail } from '../clip/thumbnail.ts'
import { ProcessError } from '../ffmpeg/capture-output.ts'
import type { RenderTools } from '../types.ts'
import { tryPlaying } from './inspect.ts'

/**
 * Decodes enough of a file outside the store to offer it, and makes its thumbnail.
 * @throws UnusableError with what is wrong with it; UserError if that couldn't be determined.
 */
export async function tryOut(tools: RenderTools, file: string, signal?: AbortSignal): Promise<void> {
  const media = await tryPlaying(tools.ffmpeg, file, signal)
  try {
    await renderThumbnail(tools, file, { signal, media })
  } catch (error) {
    const isOwn = error instanceof UserError && error.code === 'ffmpeg_failed'
    if (!isOwn || (error.cause instanceof ProcessError && error.cause.code === null)) throw error
    throw new UnusableError('undecodable', { cause: error })
  }
}
