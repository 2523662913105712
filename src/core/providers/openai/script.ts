import type { z } from 'zod'
import { ProviderError } from '../../model/errors.ts'
import type { RewriteRequest, ScriptPlan, ScriptProvider, ScriptRequest } from '../../model/providers.ts'
import type { Usage } from '../../model/usage.ts'
import { connectOpenAi, forSeconds, type OpenAiConnection } from './client.ts'
import { OPENAI } from './name.ts'
import { type Asking, askForJson, type Message } from './script-ask.ts'
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
} from './script-plan.ts'
import { lengthPrompt, type Prompt, rewritePrompt, scriptPrompt } from './script-prompts.ts'

export interface OpenAiScriptOptions extends OpenAiConnection {
  /** Defaults to `DEFAULT_SCRIPT_MODEL`. */
  model?: string | null
}

/** Current, cheap, and with no end date announced in the client's list of models (November 2026). */
export const DEFAULT_SCRIPT_MODEL = 'gpt-5.4-mini'

/**
 * Time limit in seconds for one script or rewrite, including all its answers, on any server. A model on a self-hosted
 * server may write only a few words a second; the limit is just within the five minutes after which Node's fetch gives
 * up.
 */
const LONGEST = 290

/** How far the spoken length may be off, as a fraction of the target. */
const TOLERANCE = 0.1

/** Scripts from OpenAI's chat completions or any compatible server. */
export function createOpenAiScript(options: OpenAiScriptOptions): ScriptProvider {
  const seconds = options.timeoutSeconds ?? LONGEST
  const server = connectOpenAi({ ...options, timeoutSeconds: seconds })
  const asking: Asking = {
    model: options.model || DEFAULT_SCRIPT_MODEL,
    mode: 'schema',
    ignored: 0,
  }
  return {
    name: OPENAI,
    // A server that was given no key can't bill anyone.
    ...(options.apiKey && { expects: (request) => [expected(asking.model, request)] }),

    async write(request, signal) {
      const access = forSeconds(server, seconds)
      const shape: z.ZodType<WrittenPlan> =
        request.topic === null ? planShapes.withoutTopic : planShapes.withTopic
      const ask = (messages: Message[]) =>
        askForJson(access, asking, messages, { shape, check: checkPlan, wish: wishOfPlan }, signal)
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
          // The topics come from the first answer; a correction must not change the subject.
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
      const { value, usage } = await askForJson(
        forSeconds(server, seconds),
        asking,
        messages,
        demands,
        signal,
      )
      return { text: tidyText(value.text), usage }
    },
  }
}

/**
 * What most calls use: one answer of about a token per spoken character, overhead included, and a prompt of that size in
 * addition to the rules. A few need a second answer.
 */
function expected(model: string, request: ScriptRequest | RewriteRequest): Usage {
  const spoken =
    'text' in request ? request.text.length : request.targetDuration * request.charactersPerSecond
  const tokens = Math.ceil(spoken)
  return { provider: OPENAI, model, inputTokens: 1000 + tokens, outputTokens: 400 + tokens }
}

function conversation({ system, user }: Prompt): Message[] {
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ]
}

/** How far a length is from the target, as a fraction of it. */
function distance(characters: number, request: ScriptRequest): number {
  const target = request.targetDuration * request.charactersPerSecond
  return Math.abs(characters - target) / target
}

/** A script of the wrong length is better than none, so a failed correction doesn't fail the call. */
function failedCorrection(error: unknown): { value: null; usage: Usage[] } {
  if (error instanceof ProviderError) return { value: null, usage: error.usage }
  throw error
}
