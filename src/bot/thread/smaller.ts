import type { Core } from '../../core/draft/core.ts'
import type { Urgency } from '../../core/media/ffmpeg/pool.ts'
import { makeSmallerCopy } from '../../core/media/film/smaller-copy.ts'
import { hashOf } from '../../core/media/store/hash.ts'
import { UserError } from '../../core/model/errors.ts'
import { type StoredName, storedName } from '../../core/model/store.ts'

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

/** Where that copy is, or will be once it is made. */
export function copyPath(video: string, limit: number): StoredName {
  return storedName('previews', hashOf(['copy', video, limit]), 'mp4')
}
