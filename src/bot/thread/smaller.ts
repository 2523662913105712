import type { Core } from '../../core/draft/core.ts'
import type { Urgency } from '../../core/media/ffmpeg/pool.ts'
import { makeSmallerCopy } from '../../core/media/film/smaller-copy.ts'
import { hashOf } from '../../core/media/store/store.ts'
import { UserError } from '../../core/model/errors.ts'

/** Milliseconds that the making of a smaller copy may take. */
const PATIENCE = 15 * 60_000

/** A copy of a video of at most so many bytes, made once; null when even the worst picture would be larger. */
export async function copyWithin(
  core: Core,
  video: string,
  limit: number,
  { signal: stopping, urgency }: { signal: AbortSignal; urgency: Urgency },
): Promise<string | null> {
  const options = { signal: AbortSignal.any([stopping, AbortSignal.timeout(PATIENCE)]), urgency }
  try {
    return await core.store.make('previews', keyOf(video, limit), 'mp4', (temporary) =>
      makeSmallerCopy(core.ffmpeg, core.store.absolute(video), temporary, limit, options),
    )
  } catch (error) {
    if (error instanceof UserError && error.code === 'ffmpeg_failed') return null
    throw error
  }
}

/** Where that copy is, or will be once it is made. */
export function copyPath(core: Core, video: string, limit: number): string {
  return core.store.pathFor('previews', keyOf(video, limit), 'mp4')
}

function keyOf(video: string, limit: number): string {
  return hashOf(['copy', video, limit])
}
