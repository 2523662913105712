import type { Core } from '../core.ts'
import { ProviderError, UserError } from '../errors.ts'
import { allFailed, cancelledBy, storedReasons } from '../failure.ts'
import { LIMITS } from '../limits.ts'
import { planOwnScript } from '../providers/script/own-script.ts'
import type { ScriptPlan, ScriptRequest } from '../providers/types.ts'
import type { DraftRequest } from './create-input.ts'
import { measuredPace } from './measured-pace.ts'

export interface WrittenScript {
  plan: ScriptPlan
  /** Why it is not what was asked for first, as `storedReasons` writes it; or null. */
  notice: string | null
}

/**
 * The user's own script in segments, or one by the first provider that can write it.
 * @throws UserError when a provider refuses the topic, when all fail, or when there are too many segments.
 */
export async function writeScript(
  core: Core,
  request: DraftRequest,
  signal: AbortSignal,
): Promise<WrittenScript> {
  const written = await write(core, request, signal)
  const count = written.plan.segments.length
  if (count > LIMITS.segments)
    throw new UserError('script_too_many_segments', { count, max: LIMITS.segments })
  return written
}

async function write(core: Core, request: DraftRequest, signal: AbortSignal): Promise<WrittenScript> {
  const { topic, script, style, language, format, targetDuration } = request
  const charactersPerSecond = await measuredPace(core, request)
  if (script !== null)
    return { plan: planOwnScript({ script, topic, language, charactersPerSecond }), notice: null }
  const asked: ScriptRequest = { topic, style, language, format, targetDuration, charactersPerSecond }
  const reasons: ProviderError[] = []
  for (const provider of core.providers.script) {
    try {
      const plan = await provider.write(asked, signal)
      return { plan, notice: reasons.length > 0 ? storedReasons(reasons) : null }
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      // Another provider would only write an outline of what this one will not touch.
      if (error.failure === 'refused') throw new UserError('script_refused', undefined, { cause: error })
      reasons.push(error)
    }
  }
  throw allFailed('script_failed', reasons)
}
