import { createReadStream } from 'node:fs'
import { toFile } from 'openai'
import { z } from 'zod'
import { ProviderError } from '../../model/errors.ts'
import type { SpeechRequest, VoiceProvider, WordTiming } from '../../model/providers.ts'
import type { Usage } from '../../model/usage.ts'
import { createOutage } from '../outage.ts'
import { connectOpenAi, type OpenAiAccess, type OpenAiConnection } from './client.ts'
import { OPENAI } from './name.ts'
import { alignWords } from './voice-align.ts'
import { narrationPace } from './voice-pace.ts'
import { knowsSpeed, type Speaking, speakToFile } from './voice-speech.ts'

export interface OpenAiVoiceOptions extends OpenAiConnection {
  /** Defaults to `DEFAULT_VOICE_MODEL`. */
  model?: string | null
  /** Used if a draft chooses none; defaults to `DEFAULT_VOICE`. */
  voice?: string | null
  /** Transcribes the speech to get word times; null if they should be estimated. */
  transcription?: (OpenAiConnection & { model: string }) | null
  /** False for a self-hosted server, which has no price list; true by default. */
  isPriced?: boolean
}

/** The last model of the Speech API: the client gives its end as January 2027 and names no successor. */
export const DEFAULT_VOICE_MODEL = 'gpt-4o-mini-tts'
/** Known to all of OpenAI's models and to Kokoro-FastAPI. */
const DEFAULT_VOICE = 'alloy'

/** The provider given for usage whose characters cost nothing. */
const OWN_SERVER = 'own-server'

/** Speech from OpenAI or any server with `/audio/speech`, such as Kokoro-FastAPI. */
export function createOpenAiVoice(options: OpenAiVoiceOptions): VoiceProvider {
  const speaking: Speaking = {
    access: connectOpenAi(options),
    model: options.model || DEFAULT_VOICE_MODEL,
    voice: options.voice || DEFAULT_VOICE,
    format: 'wav',
  }
  const { transcription = null } = options
  const speeches = createOutage()
  const transcripts = createOutage()
  const listening = transcription && {
    access: connectOpenAi({ timeoutSeconds: PATIENCE, ...transcription }),
    model: transcription.model,
  }
  const payee = options.isPriced === false ? OWN_SERVER : OPENAI
  const spoken = (text: string): Usage => ({
    ...{ provider: payee, model: speaking.model, characters: text.length },
  })
  const heard = (seconds: number): Usage => ({ provider: OPENAI, model: transcription?.model ?? '', seconds })
  return {
    name: OPENAI,
    fingerprint: [OPENAI, speaking.access.baseURL, speaking.model, speaking.voice].join(' '),
    pace: narrationPace,
    // A server that was given no key can't bill anyone.
    ...((options.apiKey || transcription?.apiKey) && {
      expects: ({ text, language, speed }) => [
        ...(options.apiKey ? [spoken(text)] : []),
        ...(transcription?.apiKey ? [heard(text.length / narrationPace(language) / speed)] : []),
      ],
    }),
    async speak(request, file, signal) {
      signal.throwIfAborted()
      const extension = await speeches(request.insist, () => speakToFile(speaking, request, file, signal))
      const usage: Usage[] = [spoken(request.text)]
      const tempo = knowsSpeed(speaking.model) ? 1 : request.speed
      if (!listening) return { words: null, tempo, usage }
      try {
        const hear = () => listen(listening, request, file, extension, signal)
        const { words, seconds } = await transcripts(request.insist, hear)
        usage.push(heard(seconds))
        return { words, tempo, usage }
      } catch (error) {
        // The speech is usable without them, and word times can be estimated.
        if (error instanceof ProviderError) return { words: null, tempo, trouble: error, usage }
        throw error
      }
    },
  }
}

const LISTENER = 'The transcription service'
/** Timeout in seconds; a segment is transcribed within a few, and its voice has to wait for that. */
const PATIENCE = 45

const transcriptSchema = z.object({
  duration: z.coerce.number().nonnegative().catch(0),
  words: z
    .array(z.object({ word: z.string(), start: z.number().nonnegative(), end: z.number().nonnegative() }))
    .nullish(),
})

/** @throws ProviderError */
async function listen(
  { access, model }: { access: OpenAiAccess; model: string },
  request: SpeechRequest,
  file: string,
  extension: string,
  signal: AbortSignal,
): Promise<{ words: WordTiming[] | null; seconds: number }> {
  const answer: unknown = await access.call(LISTENER, signal, async (client, timed) =>
    client.audio.transcriptions.create(
      {
        // The file name's extension tells the service the format.
        file: await toFile(createReadStream(file), `speech.${extension}`),
        model,
        language: request.language,
        response_format: 'verbose_json',
        timestamp_granularities: ['word'],
      },
      { signal: timed },
    ),
  )
  const transcript = transcriptSchema.safeParse(answer)
  if (!transcript.success || !transcript.data.words) {
    throw new ProviderError(OPENAI, 'bad_answer', `${LISTENER} answered without word timings.`)
  }
  const { words, duration } = transcript.data
  return { words: alignWords(request.text, request.language, words), seconds: duration }
}
