import type { Core } from '../../core/draft/core.ts'
import type { Urgency } from '../../core/media/ffmpeg/pool.ts'
import { makeSmallerCopy } from '../../core/media/film/smaller-copy.ts'
import { hashOf } from '../../core/media/store/hash.ts'
import { UserError } from '../../core/model/errors.ts'
import { type StoredName, storedName } from '../../core/model/store.ts'

/** Time limit for making a smaller copy, in milliseconds. */
const PATIENCE = 15 * 60_000

/** A copy of a video of at most `limit` bytes, made once; null if even the worst quality would be larger. */
export async function copyWithin(
  core: Core,
  video: string,
  limit: number,
  { signal: stopping, urgency }: { signal: AbortSignal; urgency: Urgency },
): Promise<string | null> {
  const options = { signal: AbortSignal.any([stopping, AbortSignal.timeout(PATIENCE)]), urgency }
  try {
    return await core.store.put(copyPath(video, limit), (temporary) =>
      core.store.withLocalFile(video, (file) =>
        makeSmallerCopy(core.ffmpeg, file, temporary, limit, options),
      ),
    )
  } catch (error) {
    if (error instanceof UserError && error.code === 'ffmpeg_failed') return null
    throw error
  }
}

/** The path of that copy, whether or not it has been made. */
export function copyPath(video: string, limit: number): StoredName {
  return storedName('previews', hashOf(['copy', video, limit]), 'mp4')
}
