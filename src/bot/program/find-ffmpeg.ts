import { type Ffmpeg, findFfmpeg } from '../../core/media/ffmpeg/ffmpeg.ts'
import { type Settings, SettingsError } from './config.ts'

/**
 * Finds the ffmpeg chosen by the settings. The embedded build has every bug found since 2018, so it only gets strangers'
 * files if a setting allows it.
 * @throws UserError `ffmpeg_missing`; SettingsError if stock sites are set up and the embedded build would decode their
 * files.
 */
export async function ffmpegFor(settings: Settings): Promise<Ffmpeg> {
  const ffmpeg = await findFfmpeg({
    ffmpegPath: settings.FFMPEG_PATH ?? null,
    ffprobePath: settings.FFPROBE_PATH ?? null,
    concurrency: settings.RENDER_CONCURRENCY,
  })
  const keys = (['PEXELS_API_KEY', 'PIXABAY_API_KEY'] as const).filter((name) => settings[name] !== undefined)
  if (ffmpeg.source === 'embedded' && keys.length > 0 && !settings.ALLOW_EMBEDDED_FFMPEG)
    throw new SettingsError(
      `With ${keys.join(' and ')}, files from the internet would be decoded by the ffmpeg from 2018 that comes with the npm package, which has known security holes. Install ffmpeg 5 or newer (apt-get install ffmpeg, brew install ffmpeg), or accept the risk with ALLOW_EMBEDDED_FFMPEG=true.`,
    )
  return ffmpeg
}
