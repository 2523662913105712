import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../../src/bot/program/config.ts'
import { openAiConnections } from '../../../src/bot/program/openai-connections.ts'

const of = (env: NodeJS.ProcessEnv) => openAiConnections(loadSettings(env))
const [SCRIPTS, SPEECH] = ['http://127.0.0.1:1/v1', 'http://127.0.0.1:2/v1']

describe('which server is asked with which key', () => {
  it('is OpenAI for all with one key', () => {
    const openai = { apiKey: 'k', baseURL: null }
    expect(of({ OPENAI_API_KEY: 'k' })).toEqual({
      ...{ openai, speech: openai, transcription: openai, hasScript: true, hasVoice: true },
    })
  })

  it('never gives the key for OpenAI to another speech server', () => {
    const env = { OPENAI_API_KEY: 'k', TTS_BASE_URL: SPEECH }
    expect(of(env).speech).toEqual({ apiKey: null, baseURL: SPEECH })
    expect(of({ ...env, TTS_API_KEY: 't' }).speech).toEqual({ apiKey: 't', baseURL: SPEECH })
    expect(of({ ...env, OPENAI_BASE_URL: SPEECH }).speech).toEqual({ apiKey: 'k', baseURL: SPEECH })
  })

  it('transcribes where scripts come from, or where speech does when there is nothing else', () => {
    expect(of({ OPENAI_BASE_URL: SCRIPTS, TTS_BASE_URL: SPEECH }).transcription.baseURL).toBe(SCRIPTS)
    expect(of({ TTS_BASE_URL: SPEECH, TTS_API_KEY: 't' })).toMatchObject({
      transcription: { apiKey: 't', baseURL: SPEECH },
      ...{ hasScript: false, hasVoice: true },
    })
    expect(of({ OPENAI_BASE_URL: SCRIPTS })).toMatchObject({ hasScript: true, hasVoice: false })
  })
})
