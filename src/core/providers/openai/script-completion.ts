import { z } from 'zod'
import { ProviderError } from '../../model/errors.ts'
import type { Usage } from '../../model/usage.ts'
import type { Ending } from '../answers/readings.ts'
import { OPENAI } from './name.ts'

export const WHAT = 'The script service'

/**
 * The text of a chat completion, wherever the server puts it, and how it ended. Adds what it used to `usage`.
 * @throws ProviderError `bad_answer` if there is no text, `refused` if the model or a filter declined to write it
 */
export function contentOf(
  completion: unknown,
  model: string,
  usage: Usage[],
): { content: string; ending: Ending } {
  const read = completionSchema.safeParse(completion)
  if (!read.success) {
    throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent something other than a chat completion.`)
  }
  const used = read.data.usage
  if (used) {
    usage.push({
      provider: OPENAI,
      model,
      inputTokens: used.prompt_tokens,
      outputTokens: used.completion_tokens,
    })
  }
  const choice = read.data.choices?.[0]
  const { content, refusal, ...others } = choice?.message ?? {}
  if (refusal || content?.refusal)
    throw new ProviderError(OPENAI, 'refused', `${WHAT} refused to write about this.`)
  const ended = choice?.finish_reason?.toLowerCase() ?? ''
  if (ended === 'content_filter') {
    const sentence = `A content filter of ${WHAT.toLowerCase()} stopped the answer.`
    throw new ProviderError(OPENAI, 'refused', sentence)
  }
  const ending = CUT.includes(ended) ? 'cut' : COMPLETE.includes(ended) ? 'complete' : 'unknown'
  const called = [...(others.tool_calls ?? []).map((call) => call.function), others.function_call]
    .map((call) => call?.arguments ?? '')
    .join('\n')
  // A server that takes the whole answer for reasoning leaves nothing else. Reasoning that was cut off contains no
  // answer.
  const thoughts = ending === 'cut' ? '' : (others.reasoning_content ?? others.reasoning ?? '')
  const said = [content?.text, called, choice?.text, thoughts].find((text) => text?.trim())
  if (said) return { content: said.trim(), ending }
  if (ending === 'cut') throw cutOff()
  throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent an empty answer.`)
}

export function cutOff(): ProviderError {
  return new ProviderError(OPENAI, 'bad_answer', `${WHAT}'s answer was cut off before it was complete.`)
}

/** Finish reasons that mean “cut off”, as OpenAI and other servers name them. */
const CUT = ['length', 'max_tokens', 'model_length', 'max_output_tokens']
const COMPLETE = ['stop', 'eos', 'eos_token', 'end_turn', 'stop_sequence', 'tool_calls', 'function_call']

/** Arguments are JSON as a string; some servers send the object itself. */
const callSchema = z
  .object({
    arguments: z
      .unknown()
      .transform((given) => (typeof given === 'string' ? given : JSON.stringify(given ?? ''))),
  })
  .nullish()
  .catch(null)

const optionalText = z.string().nullish().catch(null)

const partSchema = z.union([
  z.string().transform((text) => ({ type: 'text', text, refusal: null })),
  z.object({
    type: z.string().default('text'),
    text: z
      .union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
      .nullish()
      .catch(null),
    refusal: optionalText,
  }),
])

/** Some models answer in parts, including their reasoning, and some servers return the object itself. */
const contentSchema = z.union([
  z.string().transform((text) => ({ text, refusal: null })),
  z.array(partSchema).transform((parts) => ({
    text: parts.map(({ type, text }) => (/^(?:output_)?text$/.test(type) ? (text ?? '') : '')).join(''),
    refusal: parts.find(({ refusal }) => refusal)?.refusal,
  })),
  z.record(z.string(), z.unknown()).transform((given) => ({ text: JSON.stringify(given), refusal: null })),
])

/** Servers differ in what they leave out, so nothing in the published shape is taken for granted. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: optionalText,
        text: optionalText,
        message: z
          .object({
            content: contentSchema.nullish(),
            refusal: optionalText,
            reasoning_content: optionalText,
            reasoning: optionalText,
            tool_calls: z
              .array(z.object({ function: callSchema }))
              .nullish()
              .catch(null),
            function_call: callSchema,
          })
          .nullish(),
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: z.number().nonnegative().catch(0),
      completion_tokens: z.number().nonnegative().catch(0),
    })
    .nullish()
    .catch(null),
})
