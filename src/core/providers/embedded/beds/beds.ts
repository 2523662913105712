import { createHash } from 'node:crypto'
import { hashOf } from '../../../media/store/hash.ts'
import { ProviderError } from '../../../model/errors.ts'
import { MOODS, type Mood, SAMPLE_RATE } from '../../../model/formats.ts'
import type { MusicProvider, MusicTrack } from '../../../model/providers.ts'
import { type Store, storedName } from '../../../model/store.ts'
import { type KeptWorker, keptWorker } from '../kept-worker.ts'
import { wavSeconds } from './master.ts'

export interface BedTask {
  mood: Mood
  variation: number
  file: string
}

export interface BedMusic extends MusicProvider {
  /** Ends the synthesis thread. It also ends by itself when idle, and doesn't keep the process alive. */
  close(): Promise<void>
}

const NAME = 'beds'
/** Incremented when the synthesis changes, so that a newer version doesn't play an older one's beds. */
const VERSION = 1
/** The number of variations per mood in `styles.ts`. */
const VARIATIONS = 3

/**
 * The embedded music: a synthesised loop of 15 to 32 s for every mood, made when first requested and kept in the store.
 * Different drafts get different variations; a draft keeps its own. Needs no key and no network.
 */
export function createBedMusic(
  store: Store,
  worker: KeptWorker<BedTask> = keptWorker(new URL('./beds-worker.ts', import.meta.url)),
): BedMusic {
  async function bed(mood: Mood, variation: number, signal: AbortSignal): Promise<MusicTrack> {
    const make = (file: string) => worker.run({ mood, variation, file }, signal)
    signal.throwIfAborted()
    const file = await store
      .put(storedName('music', hashOf([NAME, VERSION, mood, variation]), 'wav'), make)
      .catch((cause: unknown) => {
        if (signal.aborted) throw cause
        throw new ProviderError(NAME, 'unavailable', 'The built-in music could not be created.', { cause })
      })
    return {
      provider: NAME,
      id: `${mood}-${variation}`,
      file,
      title: null,
      author: null,
      loops: true,
      length: Math.max(1, wavSeconds((await store.size(file)) ?? 0, SAMPLE_RATE)),
    }
  }

  return {
    name: NAME,
    pick: ({ mood, seed }, signal) =>
      bed(mood, createHash('sha256').update(seed).digest().readUInt32BE(0) % VARIATIONS, signal),
    async find(id, signal) {
      const [, of, number] = /^(\w+)-(\d)$/.exec(id) ?? []
      const mood = MOODS.find((each) => each === of)
      return mood && Number(number) < VARIATIONS ? bed(mood, Number(number), signal) : null
    },
    close: () => worker.close(),
  }
}
