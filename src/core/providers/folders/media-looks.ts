import { LRUCache } from 'lru-cache'
import { ProcessError } from '../../media/ffmpeg/capture-output.ts'
import type { Inspected } from '../../media/footage/inspect.ts'
import { nameUnusable } from '../../media/pictures/file-kind.ts'
import { UserError } from '../../model/errors.ts'
import { type Unusable, UnusableError, type UnusableFile, unusableFile } from '../../model/unusable.ts'
import type { MediaFile } from './media-index.ts'

export interface Looking {
  /** Looks into a file, by its headers. @throws UnusableError with what is wrong with it; anything else where that could not be found out today. */
  inspect(file: string, signal: AbortSignal): Promise<Inspected>
  /** Decodes as much of a file as it takes to offer it. Throws as `inspect` does. */
  tryOut(file: string, signal: AbortSignal): Promise<void>
  /** Called once for each file that turns out to be unusable. */
  onUnusable?: (file: UnusableFile) => void
}

/** What has been found out about the files of a folder, each time that one of them is changed once more. */
export interface Looks {
  /** Null for a file that cannot be used, or could not be looked into today. */
  inspect(file: MediaFile, signal: AbortSignal): Promise<Inspected | null>
  /** Whether it can be offered. */
  tryOut(file: MediaFile, signal: AbortSignal): Promise<boolean>
  /** What is known to be wrong with it; nothing is opened for this. */
  whyNot(file: MediaFile): Unusable | null
}

/** Files of which it is remembered what was found. */
const REMEMBERED = 5000
/** Milliseconds for which a file that could not be looked into in time is left alone: each try takes a minute. */
const LEFT_ALONE = 600_000

export function mediaLooks({ inspect, tryOut, onUnusable }: Looking): Looks {
  const inspected = new LRUCache<string, Inspected>({ max: REMEMBERED })
  const unusable = new LRUCache<string, Unusable>({ max: REMEMBERED })
  const triedOut = new LRUCache<string, true>({ max: REMEMBERED })
  const named = new LRUCache<string, true>({ max: REMEMBERED })
  const tookTooLong = new LRUCache<string, true>({ max: REMEMBERED, ttl: LEFT_ALONE })

  function name(file: MediaFile, why: Unusable): void {
    // What is still being copied is another file each time.
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

  /** Null where the work failed, which is remembered if it says something about the file. */
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

/** True when it took longer than it may, and was ended. */
function wasEnded(error: unknown): boolean {
  const cause = error instanceof UserError ? error.cause : null
  return cause instanceof ProcessError && cause.code === null
}
