import { z } from 'zod'
import { ProviderError } from '../model/errors.ts'
import type { FootageProvider } from '../model/providers.ts'
import { connectOpenAi, type OpenAiConnection } from './openai/client.ts'
import { refuseOtherRoute } from './openai/route.ts'

/** One line of `npm run doctor`. */
export interface CheckResult {
  ok: boolean
  /** Says what was found, or what is wrong and which setting to check; never contains a key. */
  sentence: string
}

export interface OpenAiCheck {
  /** e.g. `OpenAI (scripts)`. */
  title: string
  /** The variable that holds the key, e.g. `OPENAI_API_KEY`. */
  keySetting: string
  /** The variable that names the model, e.g. `OPENAI_MODEL`. */
  modelSetting: string
  model: string
  connection: OpenAiConnection
  /**
   * True for a transcription. OpenAI's newer models refuse word timestamps:
   * https://platform.openai.com/docs/guides/speech-to-text#timestamps
   */
  needsWordTimes?: boolean
}

/** Lists the models, which costs nothing and shows that the address answers, the key is valid and the model exists. */
export async function checkOpenAi(check: OpenAiCheck, signal: AbortSignal): Promise<CheckResult> {
  const { title, model } = check
  const { call } = connectOpenAi({ retries: 0, timeoutSeconds: 15, ...check.connection })
  return tell(title, check.keySetting, signal, async () => {
    const models = await listModels(call, title, signal)
    if (models === null) return { ok: true, sentence: `${title} responds, but does not list its models.` }
    if (check.needsWordTimes && /^gpt-4o(-mini)?-transcribe/.test(model)) {
      const sentence = `${title}: “${model}” does not return word timings, so they are estimated. Check ${check.modelSetting}; OpenAI offers whisper-1 for this.`
      return { ok: false, sentence }
    }
    // Ollama lists “qwen3:latest” for a model that may be called “qwen3”.
    if (models.length === 0 || models.some((id) => id === model || id === `${model}:latest`)) {
      return { ok: true, sentence: `${title} responds and has the model “${model}”.` }
    }
    return { ok: false, sentence: `${title} has no model “${model}”. Check ${check.modelSetting}.` }
  })
}

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) })

type Call = ReturnType<typeof connectOpenAi>['call']

/** Null if the server has no such list; small speech servers don't. */
async function listModels(call: Call, title: string, signal: AbortSignal): Promise<string[] | null> {
  try {
    // The client's own list method turns a web page into an empty list; here that difference matters.
    const answer = await call(title, signal, (client, timed) =>
      client.get<unknown>('/models', { signal: timed }),
    )
    const read = modelsSchema.safeParse(answer)
    if (read.success) return read.data.data.map(({ id }) => id)
    throw new ProviderError('openai', 'bad_answer', `${title} answered in an unknown format.`)
  } catch (error) {
    if (error instanceof ProviderError && error.failure === 'not_offered') return null
    throw error
  }
}

/**
 * Whether a compatible server has speech at all; many that write scripts don't. Requests speech for no text, which costs
 * nothing.
 */
export async function offersSpeech(connection: OpenAiConnection, signal: AbortSignal): Promise<boolean> {
  const { call } = connectOpenAi({ retries: 0, timeoutSeconds: 15, ...connection })
  try {
    await call('The voice service', signal, async (client, timed) => {
      const body = { model: '', voice: '', input: '' }
      await refuseOtherRoute(await client.audio.speech.create(body, { signal: timed }))
    })
    return true
  } catch (error) {
    signal.throwIfAborted()
    return !(error instanceof ProviderError) || error.failure !== 'not_offered'
  }
}

/** Makes one tiny search. */
export async function checkFootage(
  provider: FootageProvider,
  title: string,
  keySetting: string,
  signal: AbortSignal,
): Promise<CheckResult> {
  return tell(title, keySetting, signal, async () => {
    const query = {
      query: 'sea',
      keyword: '',
      format: 'landscape',
      minDuration: 1,
      seed: '',
      index: 0,
      limit: 1,
    } as const
    const found = await provider.search(query, signal)
    if (found.length > 0) return { ok: true, sentence: `${title} responds and accepts the key.` }
    return { ok: false, sentence: `${title} responds, but finds nothing at all.` }
  })
}

async function tell(
  title: string,
  keySetting: string,
  signal: AbortSignal,
  run: () => Promise<CheckResult>,
): Promise<CheckResult> {
  try {
    return await run()
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ProviderError)) throw error
    if (error.failure !== 'unauthorized') return { ok: false, sentence: error.message }
    return { ok: false, sentence: `${title} does not accept the key in ${keySetting}.` }
  }
}
