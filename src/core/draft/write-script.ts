import { ProviderError, UserError } from '../model/errors.ts'
import { allFailed, storedReasons } from '../model/failure.ts'
import type { ScriptPlan, ScriptProvider, ScriptRequest } from '../model/providers.ts'
import type { Usage } from '../model/usage.ts'
import { planOwnScript } from '../providers/script/own-script.ts'
import { isReason, type Reason, writersFor } from './budget.ts'
import type { Core } from './core.ts'
import type { DraftRequest } from './create-input.ts'
import { measuredPace } from './measured-pace.ts'
import { settleLanguage } from './open-language.ts'

export interface WrittenScript {
  plan: ScriptPlan
  /** Why it isn't what was first requested, as written by `storedReasons`; or null. */
  notice: string | null
}

/**
 * The person's own script split into segments, or one from the first provider that can write it.
 * @param workspace the one that pays.
 * @throws UserError if a provider refuses the topic, or if all fail.
 */
export async function writeScript(
  core: Core,
  workspace: string,
  request: DraftRequest,
  signal: AbortSignal,
): Promise<WrittenScript> {
  const { topic, script, style, language, format, targetDuration } = request
  if (script !== null) {
    const settled = await settleLanguage(script, request)
    const pace = await measuredPace(core, { ...request, language: settled.language })
    const own = { script, topic, language: settled.language, charactersPerSecond: pace }
    return { plan: await planOwnScript(own), notice: settled.notice }
  }
  const charactersPerSecond = await measuredPace(core, request)
  const asked: ScriptRequest = { topic, style, language, format, targetDuration, charactersPerSecond }
  const reasons: Reason[] = []
  /** The usage of failed attempts, which is paid for like the rest. */
  const lost: Usage[] = []
  for (const provider of writersFor(core, workspace)) {
    try {
      const plan = await provider.write(asked, signal)
      plan.usage.unshift(...lost)
      return { plan, notice: reasons.length > 0 ? storedReasons(reasons) : null }
    } catch (error) {
      if (!isReason(signal, error)) throw error
      reasons.push(error)
      if (!(error instanceof ProviderError)) continue
      // Another provider would only write an outline about what this one refuses.
      if (error.failure === 'refused') throw new UserError('script_refused', undefined, { cause: error })
      lost.push(...error.usage)
    }
  }
  throw allFailed('script_failed', reasons)
}

/** The paid calls of a draft's script: 1 if a paid service is set up to write it, else 0. */
export function callsOfScript(core: Core, { script }: Pick<DraftRequest, 'script'>): number {
  return script === null && core.providers.script.some(({ expects }) => expects !== undefined) ? 1 : 0
}

/** @throws UserError if there is no script and none of `writers` can write one in its language. */
export function requireWriter(writers: ScriptProvider[], { script, language }: DraftRequest): void {
  if (script !== null || writers.some(({ languages }) => languages?.includes(language) ?? true)) return
  const written = [...new Set(writers.flatMap(({ languages }) => languages ?? []))].join(', ')
  throw new UserError('language_not_written', { language, written })
}
