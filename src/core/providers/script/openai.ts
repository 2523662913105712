import type { z } from 'zod'
import { ProviderError } from '../../errors.ts'
import { connectOpenAi, OPENAI, type OpenAiConnection } from '../openai-client.ts'
import type { ScriptPlan, ScriptProvider, ScriptRequest, Usage } from '../types.ts'
import { type Asking, askForJson, type Message } from './openai-ask.ts'
import {
  checkPlan,
  checkRewrite,
  planShapes,
  rewriteShape,
  spokenLength,
  tidyPlan,
  tidyText,
  type WrittenPlan,
  wishOfPlan,
} from './openai-plan.ts'
import { lengthPrompt, type Prompt, rewritePrompt, scriptPrompt } from './openai-prompts.ts'

export interface OpenAiScriptOptions extends OpenAiConnection {
  /** Defaults to `DEFAULT_SCRIPT_MODEL`. */
  model?: string | null
}

/** Current, cheap, and without an announced end in the client's list of models (November 2026). */
export const DEFAULT_SCRIPT_MODEL = 'gpt-5.4-mini'

/**
 * Seconds for one answer. A model on a server of one's own may write a few words a second; the limit is just within the
 * five minutes after which Node's fetch itself gives up.
 */
const OWN_SERVER = 290
const HOSTED = 120

/** Part of the target by which the spoken length may miss it. */
const TOLERANCE = 0.1

/** Scripts by OpenAI's chat completions or any server that speaks them. */
export function createOpenAiScript(options: OpenAiScriptOptions): ScriptProvider {
  const asking: Asking = {
    access: connectOpenAi({ timeoutSeconds: options.baseURL ? OWN_SERVER : HOSTED, ...options }),
    model: options.model || DEFAULT_SCRIPT_MODEL,
    mode: 'schema',
    ignored: 0,
  }
  return {
    name: OPENAI,

    async write(request, signal) {
      const shape: z.ZodType<WrittenPlan> =
        request.topic === null ? planShapes.withoutTopic : planShapes.withTopic
      const ask = (messages: Message[]) =>
        askForJson(asking, messages, { shape, check: checkPlan, wish: wishOfPlan }, signal)
      const first = await ask(conversation(scriptPrompt(request)))
      let written = first.value
      const usage = first.usage
      const actual = spokenLength(written.segments)
      if (distance(actual, request) > TOLERANCE) {
        const correction = { role: 'user', content: lengthPrompt(actual, request) } as const
        const second = await ask([...first.messages, correction]).catch(failedCorrection)
        usage.push(...second.usage)
        if (
          second.value &&
          distance(spokenLength(second.value.segments), request) < distance(actual, request)
        ) {
          // The topics were chosen with the first answer; a correction must not change the subject.
          written = { ...second.value, proposedTopics: written.proposedTopics }
        }
      }
      const plan: ScriptPlan = {
        provider: OPENAI,
        language: request.language,
        isOutline: false,
        usage,
        ...tidyPlan(written, request),
      }
      return plan
    },

    async rewrite(request, signal) {
      const messages = conversation(rewritePrompt(request))
      const demands = { shape: rewriteShape, check: checkRewrite }
      const { value, usage } = await askForJson(asking, messages, demands, signal)
      return { text: tidyText(value.text), usage }
    },
  }
}

function conversation({ system, user }: Prompt): Message[] {
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ]
}

/** How far a length is from the wanted one, as a part of it. */
function distance(characters: number, request: ScriptRequest): number {
  const target = request.targetDuration * request.charactersPerSecond
  return Math.abs(characters - target) / target
}

/** A script of a wrong length is better than none, so a failed correction is no failure. */
function failedCorrection(error: unknown): { value: null; usage: Usage[] } {
  if (error instanceof ProviderError) return { value: null, usage: error.usage }
  throw error
}
