import type { OpenAiConnection } from '../../core/providers/openai/client.ts'
import type { Settings } from './config.ts'

export interface OpenAiConnections {
  /** Where scripts come from. */
  openai: OpenAiConnection
  speech: OpenAiConnection
  transcription: OpenAiConnection
  hasScript: boolean
  hasVoice: boolean
}

/**
 * Which server is asked for what, and with which key. A speech server of its own gets its own key or none: the key for
 * OpenAI goes to the server that it was given for. It also transcribes where there is no other.
 */
export function openAiConnections(settings: Settings): OpenAiConnections {
  const { OPENAI_API_KEY = null, OPENAI_BASE_URL = null, TTS_BASE_URL = null, TTS_API_KEY = null } = settings
  const openai = { apiKey: OPENAI_API_KEY, baseURL: OPENAI_BASE_URL }
  const isOther = TTS_BASE_URL !== null && TTS_BASE_URL !== OPENAI_BASE_URL
  const speech = isOther ? { apiKey: TTS_API_KEY, baseURL: TTS_BASE_URL } : openai
  // A server of one's own may want no key.
  const hasScript = OPENAI_API_KEY !== null || OPENAI_BASE_URL !== null
  return {
    ...{ openai, speech, hasScript },
    transcription: hasScript ? openai : speech,
    hasVoice: OPENAI_API_KEY !== null || TTS_BASE_URL !== null,
  }
}
