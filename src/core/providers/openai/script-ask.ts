import type OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { ProviderError } from '../../model/errors.ts'
import type { Usage } from '../../model/usage.ts'
import { type ReadAnswer, readAnswer } from '../answers/read-answer.ts'
import { type OpenAiAccess, rejectedParameter } from './client.ts'
import { OPENAI } from './name.ts'
import { contentOf, cutOff, WHAT } from './script-completion.ts'

/** How the server is asked for JSON: by schema, as any JSON, or by instruction only. */
const MODES = ['schema', 'json', 'words'] as const
type Mode = (typeof MODES)[number]

export type Message = OpenAI.ChatCompletionMessageParam

export interface Asking {
  model: string
  /** The mode the server was found to understand; kept between calls. */
  mode: Mode
  /** How many times in a row it seemed not to know schemas. */
  ignored: number
}

export interface Demands<T> {
  shape: z.ZodType<T>
  /** Requirements that the shape can't express. */
  check: (value: T, context: z.RefinementCtx) => void
  /** Asked for a second time if missing, then done without. */
  wish?: (value: T, context: z.RefinementCtx) => void
}

export interface Answer<T> {
  value: T
  /** The conversation so far, including the answer. */
  messages: Message[]
  usage: Usage[]
}

/**
 * Asks for one JSON object. A server that refuses or ignores schemas is asked in a simpler mode; if an answer doesn't
 * fit, the server is asked again and told what is wrong with it.
 * @throws ProviderError, including the usage up to that point
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
  demands: Demands<T>,
  usage: Usage[],
  signal: AbortSignal,
): Promise<Answer<T>> {
  const { wish = () => {} } = demands
  const server = { access, model: asking.model }
  const first = await complete(server, asking.mode, messages, demands, usage, signal)
  const { value: usable } = first.read
  const wished = usable && z.custom<T>().superRefine(wish).safeParse(usable)
  if (usable && wished?.success) {
    Object.assign(asking, { mode: first.mode, ignored: 0 })
    return { value: usable, messages: withAnswer(messages, first.content), usage }
  }
  // No JSON at all may mean that the schema is ignored; only two in a row count as proof.
  const ignored = first.mode === 'schema' && !first.read.hasData
  asking.ignored = ignored ? asking.ignored + 1 : 0
  const error = first.read.error ?? wished?.error
  const again = withAnswer(messages, first.content, complaint(error))
  const second = await complete(server, ignored ? 'json' : first.mode, again, demands, usage, signal).catch(
    (failure: unknown) => {
      if (usable && failure instanceof ProviderError) return null
      throw failure
    },
  )
  if (second?.read.value) {
    if (asking.ignored !== 1) asking.mode = second.mode
    return { value: second.read.value, messages: withAnswer(messages, second.content), usage }
  }
  if (usable) return { value: usable, messages: withAnswer(messages, first.content), usage }
  const sentence = `${WHAT} did not return a usable script, even when asked a second time.`
  const cause = second?.read.error && new Error(complaint(second.read.error))
  throw new ProviderError(OPENAI, 'bad_answer', sentence, { cause })
}

/** One answer, in the given mode or the first simpler one that the server accepts. */
async function complete<T extends object>(
  { access, model }: { access: OpenAiAccess; model: string },
  mode: Mode,
  messages: Message[],
  demands: Demands<T>,
  usage: Usage[],
  signal: AbortSignal,
): Promise<{ content: string; read: ReadAnswer<T>; mode: Mode }> {
  const { shape, check } = demands
  try {
    const completion = await access.call(WHAT, signal, (client, timed) =>
      // Neither temperature nor a token limit: reasoning models and some servers refuse them.
      client.chat.completions.create({ model, messages, ...format(mode, shape) }, { signal: timed }),
    )
    const { content, ending } = contentOf(completion, model, usage)
    const read = readAnswer(content, shape, check, ending)
    // A model may keep emitting line breaks until it is stopped; an answer that was complete before that still counts.
    if (ending === 'cut' && read.value === null) throw cutOff()
    return { content, read, mode }
  } catch (error) {
    const simpler = MODES[MODES.indexOf(mode) + 1]
    if (simpler === undefined || !rejectedParameter(error, FORMAT_WORDS)) throw error
    return complete({ access, model }, simpler, messages, demands, usage, signal)
  }
}

/** How servers say that they don't support `response_format`; some only call the request bad. */
const FORMAT_WORDS =
  /response_?format|json|schema|structured|grammar|unsupported|unknown|unrecognized|not (supported|permitted|allowed)|extra|bad request|no body|invalid/i

function format(mode: Mode, shape: z.ZodType) {
  if (mode === 'words') return {}
  if (mode === 'json') return { response_format: { type: 'json_object' as const } }
  return { response_format: zodResponseFormat(shape, 'answer') }
}

function complaint(error: z.ZodError | undefined): string {
  const issues = (error?.issues ?? [])
    .slice(0, 20)
    .map(({ path, message }) => `- ${path.join('.') || 'answer'}: ${message}`)
  return `That answer does not fit the JSON shape:\n${issues.join('\n')}\nAnswer with the whole corrected JSON object only.`
}

function withAnswer(messages: Message[], content: string, next?: string): Message[] {
  const answered: Message[] = [...messages, { role: 'assistant', content }]
  return next === undefined ? answered : [...answered, { role: 'user', content: next }]
}
