import { LRUCache } from 'lru-cache'
import { ProcessError } from '../../media/ffmpeg/capture-output.ts'
import type { Inspected } from '../../media/footage/inspect.ts'
import { nameUnusable } from '../../media/pictures/file-kind.ts'
import { UserError } from '../../model/errors.ts'
import { type Unusable, UnusableError, type UnusableFile, unusableFile } from '../../model/unusable.ts'
import type { MediaFile } from './media-index.ts'

export interface Looking {
  /**
   * Inspects a file by its headers. @throws UnusableError saying what is wrong with it; anything else if that can't be
   * determined now.
   */
  inspect(file: string, signal: AbortSignal): Promise<Inspected>
  /** Decodes as much of a file as is needed before offering it. @throws the same as `inspect`. */
  tryOut(file: string, signal: AbortSignal): Promise<void>
  /** Called once for each file that turns out to be unusable. */
  onUnusable?: (file: UnusableFile) => void
}

/** Caches what is known about the files of a folder; a file that changes is inspected again. */
export interface Looks {
  /** Null for a file that is unusable or can't be inspected now. */
  inspect(file: MediaFile, signal: AbortSignal): Promise<Inspected | null>
  /** Whether it can be offered. */
  tryOut(file: MediaFile, signal: AbortSignal): Promise<boolean>
  /** What is known to be wrong with it; opens no file. */
  whyNot(file: MediaFile): Unusable | null
}

/** The number of files whose results are remembered. */
const REMEMBERED = 5000
/** How long a file that could not be inspected in time is skipped, in milliseconds: each attempt takes a minute. */
const LEFT_ALONE = 600_000

export function mediaLooks({ inspect, tryOut, onUnusable }: Looking): Looks {
  const inspected = new LRUCache<string, Inspected>({ max: REMEMBERED })
  const unusable = new LRUCache<string, Unusable>({ max: REMEMBERED })
  const triedOut = new LRUCache<string, true>({ max: REMEMBERED })
  const named = new LRUCache<string, true>({ max: REMEMBERED })
  const tookTooLong = new LRUCache<string, true>({ max: REMEMBERED, ttl: LEFT_ALONE })

  function name(file: MediaFile, why: Unusable): void {
    // A file that is still being copied looks like another file each time.
    const told = `${why} ${file.name}`
    if (named.has(told)) return
    named.set(told, true)
    onUnusable?.(unusableFile(file.name, why))
  }

  function whyNot(file: MediaFile): Unusable | null {
    const why = obvious(file) ?? unusable.get(file.id) ?? null
    if (why !== null) name(file, why)
    return why
  }

  /** Null if the work failed; the failure is remembered if it says something about the file. */
  async function judged<T>(file: MediaFile, signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
    if (whyNot(file) !== null) return null
    if (tookTooLong.has(file.id)) return null
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (wasEnded(error)) tookTooLong.set(file.id, true)
      if (error instanceof UnusableError) {
        unusable.set(file.id, error.why)
        name(file, error.why)
      }
      return null
    }
  }

  return {
    whyNot,
    async inspect(file, signal) {
      const known = inspected.get(file.id)
      if (known !== undefined && !unusable.has(file.id)) return known
      const found = await judged(file, signal, () => inspect(file.path, signal))
      if (found !== null) inspected.set(file.id, found)
      return found
    },
    async tryOut(file, signal) {
      if (triedOut.has(file.id)) return true
      const isGood = await judged(file, signal, async () => {
        await tryOut(file.path, signal)
        return true
      })
      if (isGood) triedOut.set(file.id, true)
      return isGood === true
    },
  }
}

function obvious({ isLink, size, name }: MediaFile): Unusable | null {
  if (isLink) return 'link'
  return size === 0 ? 'empty' : nameUnusable(name)
}

/** True if it exceeded its time limit and was ended. */
function wasEnded(error: unknown): boolean {
  const cause = error instanceof UserError ? error.cause : null
  return cause instanceof ProcessError && cause.code === null
}
