import type { Draft } from '../../db/entities/draft.ts'
import type { Segment } from '../../db/entities/segment.ts'
import type { Core } from '../core.ts'
import { ProviderError, UserError } from '../errors.ts'
import { allFailed, cancelledBy, storedReasons } from '../failure.ts'
import { makeVoiceFile } from './voice-file.ts'

/**
 * Has a segment spoken by the first voice provider that can. What an earlier one failed with is kept as a remark.
 * @throws UserError `voice_failed` with the reasons of all of them.
 */
export async function collectVoice(core: Core, draft: Draft, segment: Segment, signal: AbortSignal) {
  const request = {
    text: segment.text,
    language: draft.language,
    voice: draft.voice,
    speed: draft.voiceSpeed,
  }
  const reasons: ProviderError[] = []
  for (const provider of core.providers.voice) {
    try {
      const voice = await makeVoiceFile({
        ffmpeg: core.ffmpeg,
        store: core.store,
        provider,
        request,
        take: segment.voiceTake,
        signal,
      })
      return {
        ttsLocalPath: voice.path,
        ttsDuration: voice.duration,
        ttsProvider: provider.name,
        words: voice.words,
        // A draft in two voices sounds odd, so people are told why, and can have it tried again.
        voiceError:
          reasons.length > 0
            ? storedReasons([...reasons, new UserError('other_voice', { provider: provider.name })])
            : null,
        usage: voice.usage,
      }
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      reasons.push(error)
    }
  }
  throw allFailed('voice_failed', reasons)
}
