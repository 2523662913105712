import { rm } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../model/errors.ts'
import { storedName } from '../../model/store.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { type FfmpegJob, fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { knownMedia } from '../ffmpeg/known-media.ts'
import type { MediaInfo } from '../ffmpeg/probe.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { ordinaryPicture } from '../pictures/pictures.ts'
import { hashOf } from '../store/hash.ts'
import { contentName, withSource } from '../store/sources.ts'
import type { RenderTools } from '../types.ts'
import { turns } from './picture-graph.ts'

/** Maximum pixels of the longer side; chats show pictures at about half of that. */
const LONGEST_SIDE = 480
const THUMBNAIL_VERSION = 2

export interface ThumbnailOptions extends RunOptions {
  /** The properties of an external source that isn't a picture, if already probed, to avoid probing it again. */
  media?: MediaInfo | null
}

/**
 * Makes a JPEG still of a clip, a video or a picture (a name in the store, or an absolute path outside it). For a video it
 * takes the frame a third of the way in, because the first one is often black.
 * @returns its path in the store.
 * @throws UnusableError like `ordinaryPicture`, for an external picture.
 */
export async function renderThumbnail(
  tools: RenderTools,
  source: string,
  { media = null, ...options }: ThumbnailOptions = {},
): Promise<string> {
  const { ffmpeg, store } = tools
  const key = await thumbnailKey(ffmpeg, source)
  return asDiskError(
    store.put(storedName('previews', key, 'jpg'), (temporary) =>
      withSource(store, source, async (file) => {
        const made = `${temporary}.picture`
        // Files in the store are already normalized.
        const isForeign = path.isAbsolute(source)
        const shown =
          isForeign && (await ordinaryPicture(file, made, { ...options, patience: ffmpeg.patience }))
            ? made
            : file
        try {
          const headers = shown === file ? media : null
          const known = headers ?? (await knownMedia(tools, source, shown, options.signal))
          await drawThumbnail(ffmpeg, shown, known, temporary, options)
        } finally {
          await rm(made, { force: true })
        }
      }),
    ),
  )
}

async function drawThumbnail(
  ffmpeg: Ffmpeg,
  file: string,
  media: MediaInfo,
  into: string,
  options: RunOptions,
): Promise<void> {
  if (!media.hasVideo) throw new UserError('ffmpeg_failed', { detail: 'the file has no picture.' })
  const at = media.duration === null ? 0 : media.duration / 3
  const done = await runFfmpeg(ffmpeg, thumbnailArgs(file, media, at, into), options)
  // The stated length may exceed the last frame: use the first frame.
  if (done.frames === 0) await runFfmpeg(ffmpeg, thumbnailArgs(file, media, 0, into), options)
}

/** The still's current or future path in the store. */
export async function thumbnailPath({ ffmpeg }: RenderTools, source: string): Promise<string> {
  return storedName('previews', await thumbnailKey(ffmpeg, source), 'jpg')
}

async function thumbnailKey({ build }: Ffmpeg, source: string): Promise<string> {
  return hashOf({ still: THUMBNAIL_VERSION, build, file: await contentName(source) })
}

function thumbnailArgs(file: string, media: MediaInfo, at: number, output: string): FfmpegJob {
  const upright = turns(media.orientation)
    .map((filter) => `${filter},`)
    .join('')
  const fit = `${upright}scale='trunc(iw*sar*min(1,${LONGEST_SIDE}/max(iw*sar,ih))/2)*2':'trunc(ih*min(1,${LONGEST_SIDE}/max(iw*sar,ih))/2)*2':flags=bicubic`
  return {
    global: QUIET,
    inputs: [
      {
        options: [
          ...['-threads', '1', ...media.inputOptions],
          ...(media.isImage ? ['-noautorotate'] : []),
          ...(at > 0 ? ['-ss', at.toFixed(3)] : []),
        ],
        source: fileSource(file),
      },
    ],
    options: [
      ...['-map', `0:${media.videoIndex}`, '-frames:v', '1', '-filter:v', `${fit},setsar=1,format=yuvj420p`],
      ...['-map_metadata', '-1', '-c:v', 'mjpeg', '-q:v', '4'],
      // Not `image2`, which would interpret a `%d` in the path as a number's placeholder.
      ...['-f', 'mjpeg'],
    ],
    output,
    seconds: 0,
  }
}
