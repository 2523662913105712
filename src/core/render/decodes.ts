import { UserError } from '../errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { type FfmpegJob, fileSource, QUIET } from './ffmpeg-args.ts'
import { countPackets, type MediaInfo } from './probe.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/** The part of the promised frames that must be there: a file that breaks off just before its end is still worth showing. */
const ENOUGH = 0.8

/**
 * True when a picture or video holds what its headers promise: a first frame that decodes, and most of the others. Those
 * are only counted, as decoding them all would take as long as the render itself.
 * @throws UserError as `runFfmpeg` and `probeMedia` do, save for a first frame that does not decode.
 */
export async function decodes(
  ffmpeg: Ffmpeg,
  file: string,
  media: Pick<MediaInfo, 'videoIndex' | 'frames' | 'isImage'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const first = await runFfmpeg(ffmpeg, firstFrame(file, media.videoIndex), { signal }).catch(
    (error: unknown) => {
      if (error instanceof UserError && error.code === 'ffmpeg_failed') return { frames: 0 }
      throw error
    },
  )
  if (first.frames === 0) return false
  if (media.isImage || media.frames === null) return true
  return (await countPackets(ffmpeg, file, media.videoIndex, signal)) >= media.frames * ENOUGH
}

function firstFrame(file: string, stream: number): FfmpegJob {
  return {
    global: QUIET,
    inputs: [{ options: [], source: fileSource(file) }],
    options: ['-map', `0:${stream}`, '-frames:v', '1', '-f', 'null'],
    output: '-',
    seconds: 0,
  }
}
