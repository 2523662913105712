import ffmpeg from '@ffmpeg-installer/ffmpeg'
import ffprobe from '@ffprobe-installer/ffprobe'

/**
 * Settings for tests of what is around a render: the embedded build starts in a few milliseconds, where a system's takes a
 * hundred and more to load its libraries, and such tests start dozens. Those of the render itself run on both.
 */
export const QUICK_FFMPEG = {
  FFMPEG_PATH: ffmpeg.path,
  FFPROBE_PATH: ffprobe.path,
  ALLOW_EMBEDDED_FFMPEG: 'true',
}
