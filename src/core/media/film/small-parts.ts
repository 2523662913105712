import { type Format, FPS, framesOf } from '../../model/formats.ts'
import { storedName } from '../../model/store.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import { type FfmpegJob, fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { hashOf } from '../store/hash.ts'
import type { RenderTools } from '../types.ts'

/** Increment whenever the arguments below change the output. */
const VERSION = 1

/** How small a film's parts are: bits per second of video and audio, and pixels of the shorter side. */
export interface Smallness {
  video: number
  audio: number
  side: number
}

/**
 * From the best to the smallest that is worth watching. There are only a few, so that a part is rarely made for more than
 * one.
 */
const STEPS: readonly Smallness[] = [
  { video: 3_000_000, audio: 96_000, side: 720 },
  { video: 1_900_000, audio: 96_000, side: 720 },
  { video: 1_250_000, audio: 96_000, side: 540 },
  { video: 850_000, audio: 64_000, side: 480 },
  { video: 560_000, audio: 64_000, side: 432 },
  { video: 360_000, audio: 48_000, side: 360 },
  { video: 220_000, audio: 32_000, side: 288 },
  { video: 130_000, audio: 32_000, side: 240 },
  { video: 70_000, audio: 24_000, side: 180 },
]
/** Bits per second of container overhead, at about 20 bytes for each frame and each audio packet. */
const CONTAINER = 2 * FPS * 20 * 8
/** The fraction of the permitted bytes to aim for. */
const REACH = 0.94

/**
 * The steps with which a film of this length has at most the given number of bytes, best first; empty if even the smallest
 * is too large.
 */
export function stepsWithin(seconds: number, bytes: number): readonly Smallness[] {
  const rate = (bytes * 8 * REACH) / seconds - CONTAINER
  return STEPS.filter(({ video, audio }) => video + audio <= rate)
}

/** Makes a small version of a clip with the same frames, unless it exists. @returns its path in the store. */
export async function smallClip(
  { ffmpeg, store }: RenderTools,
  clip: string,
  seconds: number,
  format: Format,
  smallness: Smallness,
  options: RunOptions,
): Promise<string> {
  const frames = framesOf(seconds)
  return asDiskError(
    store.put(smallClipPath(clip, smallness), async (temporary) => {
      await store.withLocalFile(clip, (file) =>
        runFfmpeg(ffmpeg, smallClipArgs(file, frames, format, smallness, temporary), options),
      )
    }),
  )
}

/** The current or future path of a small clip in the store. */
function smallClipPath(clip: string, { video, side }: Smallness) {
  return storedName('previews', hashOf(['small clip', VERSION, clip, video, side]), 'mp4')
}

/** Makes a small version of a film's sound, unless it exists. @returns its path in the store. */
export async function smallSound(
  { ffmpeg, store }: RenderTools,
  sound: string,
  seconds: number,
  { audio }: Smallness,
  options: RunOptions,
): Promise<string> {
  const key = hashOf(['small sound', VERSION, sound, audio])
  return asDiskError(
    store.put(storedName('previews', key, 'm4a'), async (temporary) => {
      await store.withLocalFile(sound, (file) =>
        runFfmpeg(ffmpeg, smallSoundArgs(file, seconds, audio, temporary), options),
      )
    }),
  )
}

/** All parts of a film have the same settings, so that they can be joined unchanged. */
function smallClipArgs(
  clip: string,
  frames: number,
  format: Format,
  { video, side }: Smallness,
  output: string,
): FfmpegJob {
  const size = format === 'landscape' ? `-2:${side}` : `${side}:-2`
  // The encoder's buffer adds to the rate at the beginning of each part, so it is small, and the rate a little lower.
  const [rate, buffer] = [Math.round(video * 0.92), Math.round(video * 0.4)]
  return {
    global: QUIET,
    inputs: [{ options: ['-f', 'mp4', '-threads', '1'], source: fileSource(clip) }],
    options: [
      ...['-map', '0:v:0', '-an', '-filter:v', `scale=${size}:flags=bicubic,format=yuv420p`],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-maxrate', String(rate)],
      ...['-bufsize', String(buffer), '-profile:v', 'high', '-level:v', '4.0', '-g', '60', '-threads', '1'],
      ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
      ...['-frames:v', String(frames), '-map_metadata', '-1', '-video_track_timescale', String(FPS)],
      ...['-f', 'mp4'],
    ],
    output,
    seconds: frames / FPS,
  }
}

function smallSoundArgs(sound: string, seconds: number, rate: number, output: string): FfmpegJob {
  const channels = rate > 48_000 ? '2' : '1'
  return {
    global: QUIET,
    inputs: [{ options: ['-f', 'mp4'], source: fileSource(sound) }],
    options: [
      ...['-map', '0:a:0', '-vn', '-c:a', 'aac', '-b:a', String(rate), '-ac', channels],
      ...['-map_metadata', '-1', '-f', 'mp4'],
    ],
    output,
    seconds,
  }
}
