import { describe, expect, it } from 'vitest'
import { createOpenAiScript, DEFAULT_SCRIPT_MODEL } from '../../../src/core/providers/openai/script.ts'
import { createOpenAiVoice, DEFAULT_VOICE_MODEL } from '../../../src/core/providers/openai/voice.ts'
import { chargeFor, estimateCost } from '../../../src/core/providers/prices.ts'

const openai = (model: string, used: object) => ({ provider: 'openai', model, ...used })

describe('estimateCost', () => {
  it('adds up tokens, characters and seconds', () => {
    const { usd, unknownModels, tokens, characters } = estimateCost([
      openai('gpt-5.4-mini', { inputTokens: 1_000_000, outputTokens: 100_000 }),
      openai('gpt-5.4-mini-2026-03-17', { inputTokens: 1_000_000 }),
      openai('tts-1', { characters: 2000 }),
      openai('whisper-1', { seconds: 90 }),
    ])
    expect(usd).toBeCloseTo(0.75 + 0.45 + 0.75 + 0.03 + 0.009, 6)
    expect(unknownModels).toEqual([])
    expect({ tokens, characters }).toEqual({ tokens: 2_100_000, characters: 2000 })
  })

  it('names models without a price once, and charges nothing for embedded providers', () => {
    const usages = [
      openai('qwen3:8b', { inputTokens: 5 }),
      openai('qwen3:8b', { inputTokens: 5 }),
      openai('constructor', { inputTokens: 5 }),
      { provider: 'espeak', model: 'espeak-ng', characters: 900 },
    ]
    expect(estimateCost(usages)).toEqual({
      usd: 0,
      unknownModels: ['qwen3:8b', 'constructor'],
      tokens: 15,
      characters: 0,
    })
    expect(estimateCost([])).toEqual({ usd: 0, unknownModels: [], tokens: 0, characters: 0 })
  })

  it('knows the default models', () => {
    const usages = [DEFAULT_SCRIPT_MODEL, DEFAULT_VOICE_MODEL].map((model) =>
      openai(model, { inputTokens: 1000, characters: 1000 }),
    )
    expect(estimateCost(usages).unknownModels).toEqual([])
  })
})

describe('what calls are counted as', () => {
  it('is their price, and that of the dearest model where it is not known', () => {
    const tokens = { provider: 'openai', inputTokens: 1_000_000, outputTokens: 1_000_000 }
    expect(chargeFor([{ ...tokens, model: 'gpt-5.4-mini' }])).toBeCloseTo(5.25)
    expect(chargeFor([{ ...tokens, model: 'a model of tomorrow' }])).toBeCloseTo(35)
    expect(chargeFor([{ provider: 'own-server', model: 'unheard of', characters: 1_000_000 }])).toBeCloseTo(
      30,
    )
    expect(chargeFor([{ provider: 'openai', model: 'unheard of', seconds: 60 }])).toBeCloseTo(0.006)
  })

  it('is expected of services with a key, and nothing of a server without one', () => {
    const baseURL = 'http://127.0.0.1:9/v1'
    const key = { apiKey: 'sk-test', baseURL }
    const keyless = { apiKey: null, baseURL }
    const transcription = { ...key, model: 'whisper-1' }
    const script = {
      ...({ topic: 'Tea', style: null, language: 'en', format: 'shorts' } as const),
      ...{ targetDuration: 60, charactersPerSecond: 15 },
    } as const
    const speech = { text: 'x'.repeat(148), language: 'en', voice: null, speed: 1 }
    expect(createOpenAiScript(keyless).expects).toBeUndefined()
    expect(createOpenAiVoice(keyless).expects).toBeUndefined()
    expect(chargeFor(createOpenAiScript(key).expects?.(script) ?? [])).toBeCloseTo(0.0071, 3)
    expect(createOpenAiVoice({ ...key, transcription }).expects?.(speech)).toEqual([
      { provider: 'openai', model: 'gpt-4o-mini-tts', characters: 148 },
      { provider: 'openai', model: 'whisper-1', seconds: expect.closeTo(10, 0) },
    ])
    // Each is billed to the account whose key is used.
    expect(createOpenAiVoice({ ...keyless, transcription }).expects?.(speech)).toHaveLength(1)
  })
})
