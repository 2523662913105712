import type { Storyboard } from '../media/types.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { allFailed, cancelledBy } from '../model/failure.ts'
import type { MusicTrack } from '../model/providers.ts'
import type { Core } from './core.ts'

/** Maximum number of unusable files named in a remark. */
const NAMED = 3

export interface PickedMusic {
  /** Null if no provider has anything, or if music is off. */
  track: MusicTrack | null
  /** Why the providers asked before didn't return any. */
  reasons: (ProviderError | UserError)[]
}

/** A track from the first provider that has one for the mood. @throws UserError `music_failed` if all fail. */
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
      // A person has put it there for this, and would wonder about hearing something else.
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
