import type { Storyboard } from '../media/types.ts'
import { ProviderError } from '../model/errors.ts'
import { allFailed, cancelledBy } from '../model/failure.ts'
import type { MusicTrack } from '../model/providers.ts'
import type { Core } from './core.ts'

export interface PickedMusic {
  /** Null when no provider has anything, or music is off. */
  track: MusicTrack | null
  /** Why those that were asked before have not given any. */
  reasons: ProviderError[]
}

/** The first provider that has something for the mood. @throws UserError `music_failed` when all fail. */
export async function pickMusic(
  core: Core,
  { seed, music, segments }: Storyboard,
  signal: AbortSignal,
): Promise<PickedMusic> {
  if (!music.enabled) return { track: null, reasons: [] }
  const duration = segments.reduce((sum, segment) => sum + segment.duration, 0)
  const reasons: ProviderError[] = []
  for (const provider of core.providers.music) {
    try {
      const track = await provider.pick({ mood: music.mood, seed, duration }, signal)
      if (track) return { track, reasons }
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      reasons.push(error)
      core.log.warn({ draft: seed, provider: provider.name, err: error }, 'a music provider failed')
    }
  }
  if (reasons.length > 0) throw allFailed('music_failed', reasons)
  return { track: null, reasons: [] }
}
