import { type FfmpegJob, fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { type MediaInfo, probeMedia } from '../ffmpeg/probe.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import type { RenderTools } from '../types.ts'
import { turns } from './picture-graph.ts'

/** Increment whenever these arguments change the output. */
export const MOVING_PREVIEW_VERSION = 1
/** Seconds of a video to show before it is chosen. */
const SECONDS = 6
/** Maximum pixels of the longer side. */
const LONGEST_SIDE = 480
const FPS = 24

/**
 * Writes the beginning of a video, small and without sound, as an MP4 that every browser plays.
 * @param file someone else's file on the disk. @throws UserError `ffmpeg_failed` if it isn't a video, and like `runFfmpeg`.
 */
export async function writeMovingPreview(
  { ffmpeg }: Pick<RenderTools, 'ffmpeg'>,
  file: string,
  into: string,
  options: RunOptions = {},
): Promise<void> {
  const media = await probeMedia(ffmpeg, file, options.signal)
  await runFfmpeg(ffmpeg, previewArgs(file, media, into), options)
}

function previewArgs(file: string, media: MediaInfo, output: string): FfmpegJob {
  const upright = turns(media.orientation).map((filter) => `${filter},`)
  const side = `min(1,${LONGEST_SIDE}/max(iw*sar,ih))/2)*2`
  const fit = `scale='trunc(iw*sar*${side}':'trunc(ih*${side}':flags=bicubic`
  return {
    global: QUIET,
    inputs: [{ options: ['-threads', '1', ...media.inputOptions], source: fileSource(file) }],
    options: [
      ...['-map', `0:${media.videoIndex}`, '-t', String(SECONDS), '-an', '-sn', '-dn'],
      ...['-filter:v', `${upright.join('')}${fit},setsar=1,fps=${FPS},format=yuv420p`],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '27', '-threads', '1'],
      ...['-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4'],
    ],
    output,
    seconds: SECONDS,
  }
}
