import type { Core } from '../core.ts'
import { ProviderError } from '../errors.ts'
import { allFailed, cancelledBy } from '../failure.ts'
import type { MusicTrack } from '../providers/types.ts'
import type { Storyboard } from '../render/types.ts'

/** The first provider that has something for the mood. @throws UserError `music_failed` when all fail. */
export async function pickMusic(
  core: Core,
  { seed, music, segments }: Storyboard,
  signal: AbortSignal,
): Promise<MusicTrack | null> {
  const duration = segments.reduce((sum, segment) => sum + segment.duration, 0)
  const reasons: ProviderError[] = []
  for (const provider of core.providers.music) {
    try {
      const track = await provider.pick({ mood: music.mood, seed, duration }, signal)
      if (track) return track
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      reasons.push(error)
      core.log.warn({ draft: seed, provider: provider.name, err: error }, 'a music provider failed')
    }
  }
  if (reasons.length > 0) throw allFailed('music_failed', reasons)
  return null
}
