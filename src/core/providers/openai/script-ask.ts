import type OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { ProviderError } from '../../model/errors.ts'
import type { Usage } from '../../model/usage.ts'
import { OPENAI, type OpenAiAccess, rejectedParameter } from './client.ts'

/** How the server is asked to answer with JSON: by schema, as any JSON, or by words alone. */
const MODES = ['schema', 'json', 'words'] as const
type Mode = (typeof MODES)[number]

export type Message = OpenAI.ChatCompletionMessageParam

export interface Asking {
  model: string
  /** What the server was found to understand; kept between calls. */
  mode: Mode
  /** How often in a row it seemed not to know schemas. */
  ignored: number
}

export interface Demands<T> {
  shape: z.ZodType<T>
  /** What the shape cannot say and must be so. */
  check: (value: T, context: z.RefinementCtx) => void
  /** What is asked for once more where it is missing, and then done without. */
  wish?: (value: T, context: z.RefinementCtx) => void
}

export interface Answer<T> {
  value: T
  /** The conversation so far, the answer included. */
  messages: Message[]
  usage: Usage[]
}

const WHAT = 'The script service'

/**
 * Asks for one JSON object. A server that refuses or ignores schemas is asked in a simpler mode; an answer
 * that does not fit is asked for once more with what is wrong about it.
 * @throws ProviderError, with what was used up to then
 */
export async function askForJson<T extends object>(
  access: OpenAiAccess,
  asking: Asking,
  messages: Message[],
  demands: Demands<T>,
  signal: AbortSignal,
): Promise<Answer<T>> {
  const usage: Usage[] = []
  try {
    return await askTwice(access, asking, messages, demands, usage, signal)
  } catch (error) {
    if (error instanceof ProviderError) error.usage.unshift(...usage)
    throw error
  }
}

async function askTwice<T extends object>(
  access: OpenAiAccess,
  asking: Asking,
  messages: Message[],
  { shape, check, wish = () => {} }: Demands<T>,
  usage: Usage[],
  signal: AbortSignal,
): Promise<Answer<T>> {
  const schema = shape.superRefine(check)
  const server = { access, model: asking.model }
  const first = await complete(server, asking.mode, messages, shape, usage, signal)
  const given = readJson(first.content)
  const read = schema.superRefine(wish).safeParse(given)
  if (read.success) {
    Object.assign(asking, { mode: first.mode, ignored: 0 })
    return { value: read.data, messages: withAnswer(messages, first.content), usage }
  }
  // No JSON at all may mean that the schema is ignored; only twice in a row it is taken for a rule.
  const ignored = first.mode === 'schema' && given === undefined
  asking.ignored = ignored ? asking.ignored + 1 : 0
  const again = withAnswer(messages, first.content, complaint(read.error))
  const usable = schema.safeParse(given)
  const second = await complete(server, ignored ? 'json' : first.mode, again, shape, usage, signal).catch(
    (error: unknown) => {
      if (usable.success && error instanceof ProviderError) return null
      throw error
    },
  )
  const reread = second && schema.safeParse(readJson(second.content))
  if (second && reread?.success) {
    if (asking.ignored !== 1) asking.mode = second.mode
    return { value: reread.data, messages: withAnswer(messages, second.content), usage }
  }
  if (usable.success) return { value: usable.data, messages: withAnswer(messages, first.content), usage }
  const sentence = `${WHAT} did not return a usable script, even when asked a second time.`
  const cause = reread?.error && new Error(complaint(reread.error))
  throw new ProviderError(OPENAI, 'bad_answer', sentence, { cause })
}

/** One answer, in the given mode or the first simpler one that the server accepts. */
async function complete<T extends object>(
  { access, model }: { access: OpenAiAccess; model: string },
  mode: Mode,
  messages: Message[],
  shape: z.ZodType<T>,
  usage: Usage[],
  signal: AbortSignal,
): Promise<{ content: string; mode: Mode }> {
  try {
    const completion = await access.call(WHAT, signal, (client, timed) =>
      // Neither temperature nor a token limit: reasoning models and some servers refuse them.
      client.chat.completions.create({ model, messages, ...format(mode, shape) }, { signal: timed }),
    )
    return { content: contentOf(completion, model, usage), mode }
  } catch (error) {
    const simpler = MODES[MODES.indexOf(mode) + 1]
    if (simpler === undefined || !rejectedParameter(error, FORMAT_WORDS)) throw error
    return complete({ access, model }, simpler, messages, shape, usage, signal)
  }
}

/** How servers word it that they cannot do `response_format`; some only say that the request is bad. */
const FORMAT_WORDS =
  /response_?format|json|schema|structured|grammar|unsupported|unknown|unrecognized|not (supported|permitted|allowed)|extra|bad request|no body|invalid/i

function format(mode: Mode, shape: z.ZodType) {
  if (mode === 'words') return {}
  if (mode === 'json') return { response_format: { type: 'json_object' as const } }
  return { response_format: zodResponseFormat(shape, 'answer') }
}

/** Some reasoning models answer in parts, of which their thoughts are one. */
const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ type: z.string(), text: z.string().optional() }))
    .transform((parts) => parts.map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join('')),
])

/** Servers differ in what they leave out, so nothing of the published shape is taken for granted. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: contentSchema.nullish(), refusal: z.string().nullish() }),
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

function contentOf(completion: unknown, model: string, usage: Usage[]): string {
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
  if (choice?.message.refusal)
    throw new ProviderError(OPENAI, 'refused', `${WHAT} refused to write about this.`)
  if (choice?.finish_reason === 'content_filter') {
    throw new ProviderError(
      OPENAI,
      'refused',
      `A content filter of ${WHAT.toLowerCase()} stopped the answer.`,
    )
  }
  if (choice?.finish_reason === 'length') {
    throw new ProviderError(OPENAI, 'bad_answer', `${WHAT}'s answer was cut off before it was complete.`)
  }
  const content = choice?.message.content?.trim()
  if (!content) throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent an empty answer.`)
  return content
}

/** The JSON object in an answer, also when local models wrap it in thoughts, prose or a code fence. */
export function readJson(content: string): unknown {
  // Where the template of a model's chat opens its thoughts, the answer has only the end of them.
  const spoken = content.split(/<\/think>/i).at(-1) ?? ''
  const fenced = [...spoken.matchAll(/```(?:json)?\s*([\s\S]*?)```/gi)].map(([, inside]) => inside)
  const end = spoken.lastIndexOf('}') + 1
  const braces = [...spoken.matchAll(/\{/g)]
    .slice(0, MOST_BEGINNINGS)
    .map(({ index }) => spoken.slice(index, end))
  for (const candidate of [spoken, ...fenced.reverse(), ...braces]) {
    try {
      const value: unknown = JSON.parse(candidate ?? '')
      if (typeof value === 'object' && value !== null) return value
    } catch {
      // Not this one; the next candidate may be.
    }
  }
  return undefined
}

/** Braces in prose before the answer that are looked at; each costs a reading of the rest. */
const MOST_BEGINNINGS = 20

function complaint(error: z.ZodError): string {
  const issues = error.issues
    .slice(0, 20)
    .map(({ path, message }) => `- ${path.join('.') || 'answer'}: ${message}`)
  return `That answer does not fit the JSON shape:\n${issues.join('\n')}\nAnswer with the whole corrected JSON object only.`
}

function withAnswer(messages: Message[], content: string, next?: string): Message[] {
  const answered: Message[] = [...messages, { role: 'assistant', content }]
  return next === undefined ? answered : [...answered, { role: 'user', content: next }]
}
