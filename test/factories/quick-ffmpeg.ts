import ffmpeg from '@ffmpeg-installer/ffmpeg'
import ffprobe from '@ffprobe-installer/ffprobe'
import type { Settings } from '../../src/bot/program/config.ts'
import { type Ffmpeg, findFfmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'
import { createPool } from '../../src/core/media/ffmpeg/pool.ts'

/**
 * Settings for tests of the code around a render: the embedded build starts in a few milliseconds, while a system's takes over a
 * hundred to load its libraries, and such tests start dozens. Tests of the render itself run on both.
 */
export const QUICK_FFMPEG = {
  FFMPEG_PATH: ffmpeg.path,
  FFPROBE_PATH: ffprobe.path,
  ALLOW_EMBEDDED_FFMPEG: 'true',
}

let found: Promise<Ffmpeg> | undefined

/** If the settings name these builds, what is known about them, looked up once for all programs of a worker. */
export async function foundFfmpeg(settings: Settings): Promise<{ ffmpeg?: Ffmpeg }> {
  const { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath, RENDER_CONCURRENCY: places } = settings
  if (ffmpegPath !== QUICK_FFMPEG.FFMPEG_PATH || ffprobePath !== QUICK_FFMPEG.FFPROBE_PATH) return {}
  found ??= findFfmpeg({ ffmpegPath, ffprobePath })
  return { ffmpeg: { ...(await found), pool: createPool(places) } }
}
