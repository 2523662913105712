import { describe, expect, it } from 'vitest'
import { estimateCost } from '../../../src/core/providers/prices.ts'
import { DEFAULT_SCRIPT_MODEL } from '../../../src/core/providers/script/openai.ts'
import { DEFAULT_VOICE_MODEL } from '../../../src/core/providers/voice/openai.ts'

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
