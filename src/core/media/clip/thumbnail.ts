import { UserError } from '../../model/errors.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import { type FfmpegJob, fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { type MediaInfo, probeMedia } from '../ffmpeg/probe.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { contentName } from '../store/content-name.ts'
import { hashOf } from '../store/store.ts'
import type { RenderTools } from '../types.ts'

/** Pixels of the longer side; chats show pictures at about half of that. */
const LONGEST_SIDE = 480
const THUMBNAIL_VERSION = 1

/**
 * Makes a JPEG still of a clip, a video or a picture and returns its path in the store. A video shows the
 * frame a third into it, as the first one is often black.
 */
export async function renderThumbnail(
  { ffmpeg, store }: RenderTools,
  file: string,
  options: RunOptions = {},
): Promise<string> {
  const key = await thumbnailKey({ ffmpeg, store }, file)
  return asDiskError(
    store.make('previews', key, 'jpg', async (temporary) => {
      const media = await probeMedia(ffmpeg, file, options.signal)
      if (!media.hasVideo) throw new UserError('ffmpeg_failed', { detail: 'the file has no picture.' })
      const at = media.duration === null ? 0 : media.duration / 3
      const done = await runFfmpeg(ffmpeg, thumbnailArgs(file, media, at, temporary), options)
      // A stated length beyond the last frame: then the first frame has to do.
      if (done.frames === 0) await runFfmpeg(ffmpeg, thumbnailArgs(file, media, 0, temporary), options)
    }),
  )
}

/** Where the still of a file is, or will be once it is made. */
export async function thumbnailPath(tools: RenderTools, file: string): Promise<string> {
  return tools.store.pathFor('previews', await thumbnailKey(tools, file), 'jpg')
}

async function thumbnailKey({ ffmpeg, store }: RenderTools, file: string): Promise<string> {
  return hashOf({ still: THUMBNAIL_VERSION, build: ffmpeg.build, file: await contentName(store.root, file) })
}

function thumbnailArgs(file: string, media: MediaInfo, at: number, output: string): FfmpegJob {
  const fit = `scale='trunc(iw*sar*min(1,${LONGEST_SIDE}/max(iw*sar,ih))/2)*2':'trunc(ih*min(1,${LONGEST_SIDE}/max(iw*sar,ih))/2)*2':flags=bicubic`
  return {
    global: QUIET,
    inputs: [
      {
        options: ['-threads', '1', ...media.inputOptions, ...(at > 0 ? ['-ss', at.toFixed(3)] : [])],
        source: fileSource(file),
      },
    ],
    options: [
      ...['-map', `0:${media.videoIndex}`, '-frames:v', '1', '-filter:v', `${fit},setsar=1,format=yuvj420p`],
      ...['-map_metadata', '-1', '-c:v', 'mjpeg', '-q:v', '4'],
      // Not `image2`, to which a `%d` in the path would be a place for a number.
      ...['-f', 'mjpeg'],
    ],
    output,
    seconds: 0,
  }
}
