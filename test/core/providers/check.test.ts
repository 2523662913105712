import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkFootage, checkOpenAi } from '../../../src/core/providers/check.ts'
import { createPexels } from '../../../src/core/providers/stock/pexels.ts'
import { OPENAI_TEST_KEY, type OpenAiServer, startOpenAi } from '../../servers/openai.ts'
import { PEXELS_TEST_KEY, type PexelsServer, startPexels } from '../../servers/pexels.ts'
import { HD } from '../../servers/stock/library.ts'

let openai: OpenAiServer
let pexels: PexelsServer
beforeEach(async () => {
  openai = await startOpenAi()
  pexels = await startPexels()
  pexels.videos = [{ id: 1, duration: 9, sizes: [HD], words: 'sea' }]
})
afterEach(() => Promise.all([openai.close(), pexels.close()]))

const signal = () => AbortSignal.timeout(20_000)

describe('checkOpenAi', () => {
  const check = (extra: { apiKey?: string; model?: string } = {}) =>
    checkOpenAi(
      {
        title: 'OpenAI (scripts)',
        keySetting: 'OPENAI_API_KEY',
        modelSetting: 'OPENAI_MODEL',
        model: extra.model ?? 'gpt-5.4-mini',
        connection: { apiKey: extra.apiKey ?? OPENAI_TEST_KEY, baseURL: openai.baseURL },
      },
      signal(),
    )

  it('is content with a good key and a model that exists', async () => {
    expect(await check()).toEqual({ ok: true, sentence: expect.stringContaining('gpt-5.4-mini') })
    openai.models = ['qwen3:latest']
    expect((await check({ model: 'qwen3' })).ok).toBe(true)
  })

  it('names a bad key by its setting, without showing it', async () => {
    const result = await check({ apiKey: 'sk-wrong' })
    expect(result).toEqual({ ok: false, sentence: expect.stringContaining('OPENAI_API_KEY') })
    expect(result.sentence).not.toContain('sk-wrong')
  })

  it('names a transcription model that gives no times of words', async () => {
    openai.models = ['whisper-1', 'gpt-4o-mini-transcribe']
    const listening = (model: string) =>
      checkOpenAi(
        {
          title: 'The transcription service',
          keySetting: 'OPENAI_API_KEY',
          modelSetting: 'OPENAI_TRANSCRIBE_MODEL',
          model,
          connection: { apiKey: OPENAI_TEST_KEY, baseURL: openai.baseURL },
          needsWordTimes: true,
        },
        signal(),
      )
    expect(await listening('whisper-1')).toMatchObject({ ok: true })
    expect(await listening('gpt-4o-mini-transcribe')).toEqual({
      ok: false,
      sentence: expect.stringMatching(/word timings.*OPENAI_TRANSCRIBE_MODEL.*whisper-1/),
    })
  })

  it('names a model that does not exist', async () => {
    expect(await check({ model: 'gpt-0' })).toEqual({
      ok: false,
      sentence: expect.stringContaining('OPENAI_MODEL'),
    })
  })

  it('accepts a server that does not list models, and no web page', async () => {
    openai.fault = () => ({ kind: 'status', status: 404 })
    expect((await check()).ok).toBe(true)
    openai.fault = () => ({ kind: 'html' })
    expect((await check()).ok).toBe(false)
    openai.fault = () => ({ kind: 'reset' })
    expect((await check()).ok).toBe(false)
  })
})

describe('checkFootage', () => {
  const check = (apiKey: string) =>
    checkFootage(
      createPexels({ apiKey, apiURL: pexels.origin, retries: 0 }),
      'Pexels',
      'PEXELS_API_KEY',
      signal(),
    )

  it('makes one tiny search', async () => {
    expect(await check(PEXELS_TEST_KEY)).toEqual({
      ok: true,
      sentence: 'Pexels responds and accepts the key.',
    })
    expect(pexels.requests).toHaveLength(1)
  })

  it('names a bad key by its setting, without showing it', async () => {
    const result = await check('wrong-key')
    expect(result).toEqual({ ok: false, sentence: 'Pexels does not accept the key in PEXELS_API_KEY.' })
  })

  it('says when it is down', async () => {
    pexels.fault = () => ({ kind: 'status', status: 500 })
    expect(await check(PEXELS_TEST_KEY)).toEqual({ ok: false, sentence: expect.stringContaining('500') })
  })
})
