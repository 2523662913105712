import path from 'node:path'
import type { AssetStore } from '../core/assets/store.ts'
import { createDrawnFootage } from '../core/providers/footage/drawn.ts'
import { createPexels } from '../core/providers/footage/pexels.ts'
import { createPixabay } from '../core/providers/footage/pixabay.ts'
import { createBedMusic } from '../core/providers/music/beds.ts'
import { createOpenAiScript } from '../core/providers/script/openai.ts'
import { createOutlineWriter } from '../core/providers/script/outline.ts'
import type { Providers } from '../core/providers/types.ts'
import { createEspeakVoice } from '../core/providers/voice/espeak.ts'
import { createOpenAiVoice } from '../core/providers/voice/openai.ts'
import type { Settings } from './config.ts'

export interface ProviderSet {
  providers: Providers
  /** Ends the child processes and threads of the embedded providers. */
  close(): Promise<void>
}

/** The providers that the settings ask for, in the order of SPEC §4, the embedded ones last. */
export function createProviders(settings: Settings, store: AssetStore): ProviderSet {
  const espeak = createEspeakVoice()
  const drawn = createDrawnFootage()
  const beds = createBedMusic(store)
  const openai = { apiKey: settings.OPENAI_API_KEY ?? null, baseURL: settings.OPENAI_BASE_URL ?? null }
  const speech = { apiKey: openai.apiKey, baseURL: settings.TTS_BASE_URL ?? openai.baseURL }
  // A server of one's own may want no key.
  const hasScript = Boolean(openai.apiKey || openai.baseURL)
  const hasVoice = Boolean(openai.apiKey || settings.TTS_BASE_URL)
  const transcription = settings.OPENAI_TRANSCRIBE_MODEL
  const { PEXELS_API_KEY, PIXABAY_API_KEY } = settings
  return {
    providers: {
      script: [
        ...(hasScript ? [createOpenAiScript({ ...openai, model: settings.OPENAI_MODEL ?? null })] : []),
        createOutlineWriter(),
      ],
      voice: [
        ...(hasVoice
          ? [
              createOpenAiVoice({
                ...speech,
                model: settings.OPENAI_TTS_MODEL ?? null,
                voice: settings.OPENAI_TTS_VOICE ?? null,
                transcription: transcription === undefined ? null : { ...openai, model: transcription },
              }),
            ]
          : []),
        espeak,
      ],
      footage: [
        ...(PEXELS_API_KEY
          ? [createPexels({ apiKey: PEXELS_API_KEY, apiURL: settings.PEXELS_API_URL ?? null })]
          : []),
        ...(PIXABAY_API_KEY
          ? [
              createPixabay({
                apiKey: PIXABAY_API_KEY,
                apiURL: settings.PIXABAY_API_URL ?? null,
                cacheDir: path.join(store.root, 'answers', 'pixabay'),
              }),
            ]
          : []),
        drawn,
      ],
      music: [beds],
    },
    close: async () => {
      espeak.close()
      await Promise.all([drawn.close(), beds.close()])
    },
  }
}
