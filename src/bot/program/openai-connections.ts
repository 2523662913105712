import type { OpenAiConnection } from '../../core/providers/openai/client.ts'
import type { Settings } from './config.ts'

export interface OpenAiConnections {
  /** The server for scripts. */
  openai: OpenAiConnection
  speech: OpenAiConnection
  transcription: OpenAiConnection
  hasScript: boolean
  hasVoice: boolean
}

/**
 * Which server is used for what, and with which key. A separate speech server gets its own key or none: the OpenAI key only
 * goes to the server it was given for. The speech server also transcribes unless there is another one.
 */
export function openAiConnections(settings: Settings): OpenAiConnections {
  const { OPENAI_API_KEY = null, OPENAI_BASE_URL = null, TTS_BASE_URL = null, TTS_API_KEY = null } = settings
  const openai = { apiKey: OPENAI_API_KEY, baseURL: OPENAI_BASE_URL }
  const isOther = TTS_BASE_URL !== null && TTS_BASE_URL !== OPENAI_BASE_URL
  const speech = isOther ? { apiKey: TTS_API_KEY, baseURL: TTS_BASE_URL } : openai
  // A self-hosted server may not need a key.
  const hasScript = OPENAI_API_KEY !== null || OPENAI_BASE_URL !== null
  return {
    ...{ openai, speech, hasScript },
    transcription: hasScript ? openai : speech,
    hasVoice: OPENAI_API_KEY !== null || TTS_BASE_URL !== null,
  }
}
