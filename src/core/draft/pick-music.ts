import type { Storyboard } from '../media/types.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { allFailed, cancelledBy } from '../model/failure.ts'
import type { MusicTrack } from '../model/providers.ts'
import type { Core } from './core.ts'

/** Unusable files that a remark names. */
const NAMED = 3

export interface PickedMusic {
  /** Null when no provider has anything, or music is off. */
  track: MusicTrack | null
  /** Why those that were asked before have not given any. */
  reasons: (ProviderError | UserError)[]
}

/** The first provider that has something for the mood. @throws UserError `music_failed` when all fail. */
export async function pickMusic(
  core: Pick<Core, 'providers' | 'log'>,
  { seed, music, segments }: Storyboard,
  signal: AbortSignal,
): Promise<PickedMusic> {
  if (!music.enabled) return { track: null, reasons: [] }
  const duration = segments.reduce((sum, segment) => sum + segment.duration, 0)
  const reasons: (ProviderError | UserError)[] = []
  for (const provider of core.providers.music) {
    try {
      const request = { mood: music.mood, seed, duration }
      const track = await provider.pick(request, signal)
      if (track) return { track, reasons }
      const unusable = (await provider.unusable?.(request, signal)) ?? []
      // Somebody has put it there for this, and would wonder why something else is heard.
      reasons.push(...unusable.slice(0, NAMED).map((file) => new UserError('file_unusable', file)))
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      reasons.push(error)
      core.log.warn({ draft: seed, provider: provider.name, err: error }, 'a music provider failed')
    }
  }
  if (reasons.some((reason) => reason instanceof ProviderError)) throw allFailed('music_failed', reasons)
  return { track: null, reasons }
}
