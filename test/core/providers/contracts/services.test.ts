import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createOpenAiScript } from '../../../../src/core/providers/openai/script.ts'
import { createOpenAiVoice } from '../../../../src/core/providers/openai/voice.ts'
import { createPexels } from '../../../../src/core/providers/stock/pexels.ts'
import { createPixabay } from '../../../../src/core/providers/stock/pixabay.ts'
import { OPENAI_TEST_KEY, startOpenAi } from '../../../servers/openai.ts'
import { PEXELS_TEST_KEY, startPexels } from '../../../servers/pexels.ts'
import { PIXABAY_TEST_KEY, startPixabay } from '../../../servers/pixabay.ts'
import { HD, type StockPhoto, type StockVideo, TALL } from '../../../servers/stock/library.ts'
import { ODD_VIDEOS, sampleImage, sampleVideo } from '../../../servers/stock/media.ts'
import { describeFootageProvider } from './footage.ts'
import { describeScriptProvider } from './script.ts'
import { describeVoiceProvider } from './voice.ts'

describeScriptProvider('OpenAI', async () => {
  const server = await startOpenAi()
  const provider = createOpenAiScript({ apiKey: OPENAI_TEST_KEY, baseURL: server.baseURL })
  return { provider, close: () => server.close() }
})

describeVoiceProvider('OpenAI', async () => {
  const server = await startOpenAi()
  const connection = { apiKey: OPENAI_TEST_KEY, baseURL: server.baseURL }
  const provider = createOpenAiVoice({ ...connection, transcription: { ...connection, model: 'whisper-1' } })
  return { provider, close: () => server.close() }
})

async function library(): Promise<{ videos: StockVideo[]; photos: StockPhoto[] }> {
  const bytes = await sampleVideo(ODD_VIDEOS.film)
  const image = await sampleImage(640, 360)
  return {
    videos: [
      { id: 11, duration: 9, sizes: [HD], words: 'ocean waves at dusk', bytes },
      { id: 12, duration: 1, sizes: [TALL], words: 'waves', bytes },
    ],
    // A poster has the number of its video.
    photos: [11, 12, 21].map((id) => ({ id, width: 3000, height: 4000, words: 'ocean', bytes: image })),
  }
}

describeFootageProvider('Pexels', async () => {
  const server = await startPexels()
  Object.assign(server, await library())
  const provider = createPexels({ apiKey: PEXELS_TEST_KEY, apiURL: server.origin })
  return { provider, close: () => server.close() }
})

describeFootageProvider('Pixabay', async () => {
  const server = await startPixabay()
  Object.assign(server, await library())
  const cacheDir = await mkdtemp(path.join(os.tmpdir(), 'rushes-answers-'))
  const provider = createPixabay({ apiKey: PIXABAY_TEST_KEY, apiURL: server.origin, cacheDir })
  return {
    provider,
    close: async () => {
      await server.close()
      await rm(cacheDir, { recursive: true, force: true })
    },
  }
})
