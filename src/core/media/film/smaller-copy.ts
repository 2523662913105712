import { rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../model/errors.ts'
import { FPS } from '../../model/formats.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { type FfmpegJob, fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { type MediaInfo, probeMedia } from '../ffmpeg/probe.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'

const MOST_ATTEMPTS = 4
/** Bits per second below which video isn't worth watching. */
const LOWEST_VIDEO_RATE = 40_000

/**
 * Re-encodes a video to at most `maxBytes`, as large and as good as that allows. Used when the video exceeds a chat's
 * upload limit.
 * @throws UserError `ffmpeg_failed` if no copy can be that small.
 */
export async function makeSmallerCopy(
  ffmpeg: Ffmpeg,
  source: string,
  output: string,
  maxBytes: number,
  options: RunOptions = {},
): Promise<void> {
  const media = await probeMedia(ffmpeg, source, options.signal)
  const seconds = media.duration ?? 0
  const temporary = path.join(path.dirname(output), `.${path.basename(output)}.part`)
  let reach = 0.94
  let progress = 0
  await asDiskError(
    (async () => {
      try {
        for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
          const rates = ratesFor(media, seconds, maxBytes * reach)
          if (rates === null) break
          const report = (done: number) => {
            progress = Math.max(progress, done)
            options.onProgress?.(progress)
          }
          const job = smallerArgs(source, media, rates, temporary, seconds)
          await runFfmpeg(ffmpeg, job, { ...options, onProgress: report })
          const { size } = await stat(temporary)
          if (size <= maxBytes) {
            await rename(temporary, output)
            return
          }
          reach *= (0.94 * maxBytes) / size
        }
      } finally {
        await rm(temporary, { force: true })
      }
      const megabytes = (maxBytes / 1e6).toFixed(1)
      throw new UserError('ffmpeg_failed', { detail: `the video does not fit into ${megabytes} MB.` })
    })(),
  )
}

interface Rates {
  /** Bits per second. */
  video: number
  audio: number
  /** Pixels of the shorter side. */
  side: number
}

/** About 0.07 bits per pixel of a frame look clean with x264; a smaller picture is better than visible blocks. */
const BITS_PER_PIXEL = 0.07
const SIDES = [1080, 720, 540, 432, 360, 288, 240, 180]

function ratesFor(media: MediaInfo, seconds: number, bytes: number): Rates | null {
  if (seconds <= 0) return null
  const total = (bytes * 8) / seconds
  // The container takes about 20 bytes per frame.
  const usable = total - FPS * 20 * 8
  const audio = media.hasAudio
    ? Math.round(Math.min(128_000, Math.max(24_000, usable * 0.12)) / 1000) * 1000
    : 0
  const video = Math.floor(usable - audio)
  if (video < LOWEST_VIDEO_RATE) return null
  const shorter = Math.min(media.width, media.height)
  const aspect = Math.max(media.width, media.height) / shorter
  const fits = (side: number) => side <= shorter && side * side * aspect * FPS * BITS_PER_PIXEL <= video
  const side = Math.min(shorter, SIDES.find(fits) ?? SIDES.at(-1) ?? shorter)
  return { video, audio, side }
}

function smallerArgs(
  source: string,
  media: MediaInfo,
  rates: Rates,
  output: string,
  seconds: number,
): FfmpegJob {
  const isWide = media.width >= media.height
  const size = isWide ? `-2:${rates.side}` : `${rates.side}:-2`
  const rate = String(rates.video)
  return {
    global: QUIET,
    inputs: [{ options: [], source: fileSource(source) }],
    options: [
      ...[
        '-map',
        `0:${media.videoIndex}`,
        '-map',
        '0:a:0?',
        '-filter:v',
        `scale=${size}:flags=bicubic,format=yuv420p`,
      ],
      // The cap over one second keeps the average; the quality is limited too, so that simple videos stay small.
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-b:v', rate, '-maxrate', rate],
      ...['-bufsize', rate, '-qmin', '16', '-g', '120'],
      ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
      ...(media.hasAudio ? ['-c:a', 'aac', '-b:a', String(rates.audio), '-ac', '2'] : []),
      ...['-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4'],
    ],
    output,
    seconds,
  }
}
