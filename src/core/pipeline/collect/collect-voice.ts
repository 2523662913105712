import type { Draft } from '../../../db/entities/draft.ts'
import type { Segment } from '../../../db/entities/segment.ts'
import { isReason, type Reason, voicesFor } from '../../draft/budget.ts'
import type { Core } from '../../draft/core.ts'
import { heardPace } from '../../draft/measured-pace.ts'
import { pronunciationsOf } from '../../draft/pronunciations.ts'
import { recordUsage } from '../../draft/usage.ts'
import { makeVoiceFile } from '../../media/voice/voice-file.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import { allFailed, storedReasons } from '../../model/failure.ts'
import type { Usage } from '../../model/usage.ts'

/**
 * Records a segment's voice with the first provider that can. Errors of earlier ones become a remark; a server without any
 * speech gives one notice for the whole draft.
 * @throws UserError `voice_failed` with all providers' reasons, or `budget_spent`.
 */
export async function collectVoice(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
  { insist = false } = {},
) {
  const request = {
    insist,
    text: segment.text,
    language: draft.language,
    voice: draft.voice,
    speed: draft.voiceSpeed,
  }
  const { entries: pronunciations } = await pronunciationsOf(core, draft.workspace)
  const reasons: Reason[] = []
  const lost: Usage[] = []
  let lacking: ProviderError | null = null
  for (const provider of voicesFor(core, draft.workspace)) {
    try {
      const voice = await makeVoiceFile({
        ffmpeg: core.ffmpeg,
        store: core.store,
        provider,
        request,
        pronunciations,
        heardPace: await heardPace(core, provider.name, draft),
        take: segment.voiceTake,
        signal,
      })
      if (voice.trouble)
        core.log.warn({ draft: draft.draftId, err: voice.trouble }, 'word timings are estimated')
      const instead = new UserError('other_voice', { provider: provider.name })
      return {
        ttsLocalPath: voice.path,
        ttsDuration: voice.duration,
        ttsProvider: provider.name,
        words: voice.words,
        // A draft in two voices sounds odd, so people see why and can retry.
        voiceError: reasons.length > 0 ? storedReasons([...reasons, instead]) : null,
        notice: lacking === null ? null : storedReasons([lacking, instead]),
        usage: [...lost, ...voice.usage],
      }
    } catch (error) {
      if (!isReason(signal, error)) throw error
      const isProviders = error instanceof ProviderError
      // A server without speech won't have it for the next segment either.
      if (isProviders && error.failure === 'not_offered') lacking = error
      else reasons.push(error)
      if (isProviders) lost.push(...error.usage)
    }
  }
  await recordUsage(core, draft.draftId, lost)
  throw allFailed('voice_failed', lacking === null ? reasons : [...reasons, lacking])
}
