import { ProviderError } from '../../errors.ts'
import { connectOpenAi, OPENAI, type OpenAiConnection } from '../openai-client.ts'
import type { ScriptPlan, ScriptProvider, ScriptRequest } from '../types.ts'
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
} from './openai-plan.ts'
import { lengthPrompt, type Prompt, rewritePrompt, scriptPrompt } from './openai-prompts.ts'

export interface OpenAiScriptOptions extends OpenAiConnection {
  /** Defaults to `DEFAULT_SCRIPT_MODEL`. */
  model?: string | null
}

/** Current, cheap, and without an announced end in the client's list of models (November 2026). */
export const DEFAULT_SCRIPT_MODEL = 'gpt-5.4-mini'

/** Part of the target by which the spoken length may miss it. */
const TOLERANCE = 0.1

/** Scripts by OpenAI's chat completions or any server that speaks them. */
export function createOpenAiScript(options: OpenAiScriptOptions): ScriptProvider {
  const asking: Asking = {
    access: connectOpenAi(options),
    model: options.model || DEFAULT_SCRIPT_MODEL,
    mode: 'schema',
  }
  return {
    name: OPENAI,

    async write(request, signal) {
      const ask = (messages: Message[]) =>
        request.topic === null
          ? askForJson<WrittenPlan>(asking, messages, planShapes.withoutTopic, checkPlan, signal)
          : askForJson<WrittenPlan>(asking, messages, planShapes.withTopic, checkPlan, signal)
      const first = await ask(conversation(scriptPrompt(request)))
      let written = first.value
      const usage = first.usage
      const actual = spokenLength(written.segments)
      if (distance(actual, request) > TOLERANCE) {
        const correction = { role: 'user', content: lengthPrompt(actual, request) } as const
        const second = await ask([...first.messages, correction]).catch(keepFirst)
        usage.push(...(second?.usage ?? []))
        if (second && distance(spokenLength(second.value.segments), request) < distance(actual, request)) {
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
      const { value, usage } = await askForJson(asking, messages, rewriteShape, checkRewrite, signal)
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
function keepFirst(error: unknown): null {
  if (error instanceof ProviderError) return null
  throw error
}
