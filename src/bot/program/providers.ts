import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { renderThumbnail } from '../../core/media/clip/thumbnail.ts'
import { decodeSound } from '../../core/media/ffmpeg/decodes.ts'
import { inspectFootage } from '../../core/media/footage/inspect.ts'
import { tryOut } from '../../core/media/footage/try-out.ts'
import type { RenderTools } from '../../core/media/types.ts'
import type { FootageProvider, MusicProvider, Providers, ScriptProvider } from '../../core/model/providers.ts'
import type { UnusableFile } from '../../core/model/unusable.ts'
import { createBedMusic } from '../../core/providers/embedded/beds/beds.ts'
import { createDrawnFootage } from '../../core/providers/embedded/drawn/drawn.ts'
import { createEspeakVoice } from '../../core/providers/embedded/espeak/espeak.ts'
import { espeakPool } from '../../core/providers/embedded/espeak/espeak-pool.ts'
import { createOutlineWriter } from '../../core/providers/embedded/outline/outline.ts'
import { createMediaFolder } from '../../core/providers/folders/media-folder.ts'
import { createMusicFolder } from '../../core/providers/folders/music-folder.ts'
import { createPexels } from '../../core/providers/stock/pexels.ts'
import { createPixabay } from '../../core/providers/stock/pixabay.ts'
import type { Settings } from './config.ts'
import { openAiConnections } from './openai-connections.ts'

export interface ProviderSet {
  providers: Providers
  /** Stops the child processes and threads of the embedded providers. */
  close(): Promise<void>
}

/** Processes of eSpeak; each keeps one core busy while it speaks. */
const VOICES_AT_ONCE = 2

/** Seconds of a music file that are decoded to check whether it is usable; few films are longer. */
const MOST_OF_MUSIC = 900

/** In DATA_DIR: each machine keeps the answers it got from a site, in a folder that the cleanup knows. */
const PIXABAY_ANSWERS = 'answers/pixabay'

/** Called once for each unusable file found in a folder. */
type OnUnusable = (setting: 'MEDIA_DIR' | 'MUSIC_DIR', file: UnusableFile) => void

/** The providers chosen by the settings, in order of preference, the embedded ones last. */
export async function createProviders(
  settings: Settings,
  tools: RenderTools,
  onUnusable: OnUnusable = () => undefined,
): Promise<ProviderSet> {
  const { store } = tools
  const espeak = createEspeakVoice(espeakPool({ size: VOICES_AT_ONCE }))
  const drawn = createDrawnFootage()
  const beds = createBedMusic(store)
  const { speech, hasVoice, ...connections } = openAiConnections(settings)
  const transcription = settings.OPENAI_TRANSCRIBE_MODEL
  const { PEXELS_API_KEY, PIXABAY_API_KEY, MEDIA_DIR, MUSIC_DIR } = settings
  return {
    providers: {
      script: await scriptProviders(settings),
      voice: [
        ...(hasVoice
          ? [
              (await import('../../core/providers/openai/voice.ts')).createOpenAiVoice({
                ...speech,
                model: settings.OPENAI_TTS_MODEL ?? null,
                voice: settings.OPENAI_TTS_VOICE ?? null,
                transcription:
                  transcription === undefined ? null : { ...connections.transcription, model: transcription },
                // Prices of a self-hosted server are unknown, whatever its models are called.
                isPriced: settings.TTS_BASE_URL === undefined,
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
                cacheDir: path.join(settings.DATA_DIR, PIXABAY_ANSWERS),
                // Data found for a draft is deleted with it.
                onAnswer: (file) => store.hold(`${PIXABAY_ANSWERS}/${path.basename(file)}`),
              }),
            ]
          : []),
        ...(MEDIA_DIR ? [mediaFolder(MEDIA_DIR, tools, (file) => onUnusable('MEDIA_DIR', file))] : []),
        drawn,
      ],
      music: [
        ...(MUSIC_DIR ? [musicFolder(MUSIC_DIR, tools, (file) => onUnusable('MUSIC_DIR', file))] : []),
        beds,
      ],
    },
    close: async () => {
      espeak.close()
      await Promise.all([drawn.close(), beds.close()])
    },
  }
}

/** The script providers, which need nothing to be started. */
export async function scriptProviders(settings: Settings): Promise<ScriptProvider[]> {
  const { openai, hasScript } = openAiConnections(settings)
  if (!hasScript) return [createOutlineWriter()]
  // The client of OpenAI is a seventh of all that is loaded at a start, and many have no use for it.
  const { createOpenAiScript } = await import('../../core/providers/openai/script.ts')
  return [createOpenAiScript({ ...openai, model: settings.OPENAI_MODEL ?? null }), createOutlineWriter()]
}

function musicFolder(
  folder: string,
  { ffmpeg }: RenderTools,
  onUnusable: (file: UnusableFile) => void,
): MusicProvider {
  return createMusicFolder({
    folder,
    measure: (file, signal) => decodeSound(ffmpeg, file, MOST_OF_MUSIC, signal),
    onUnusable,
  })
}

function mediaFolder(
  folder: string,
  tools: RenderTools,
  onUnusable: (file: UnusableFile) => void,
): FootageProvider {
  return createMediaFolder({
    folder,
    inspect: (file, signal) => inspectFootage(tools.ffmpeg, file, signal),
    tryOut: (file, signal) => tryOut(tools, file, signal),
    onUnusable,
    still: async (file, into, signal) => {
      const still = await renderThumbnail(tools, file, { signal })
      await tools.store.withLocalFile(still, (made) => copyFile(made, into))
    },
  })
}
