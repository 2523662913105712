import { UserError } from '../../model/errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { type FfmpegJob, fileSource, QUIET } from './ffmpeg-args.ts'
import { countPackets, type MediaInfo, probeMedia } from './probe.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/** What is really in a video. */
export interface Decoded {
  frames: number
  /** To a hundredth, up to the end of the last frame that decodes. */
  seconds: number
  /** True when it ends well before its headers say, or most of what is in it does not decode. */
  breaksOff: boolean
}

/** The part of the promised length that must be there: a file that breaks off just before its end is still worth showing. */
const ENOUGH = 0.8
/** The same where the length was only guessed. */
const ENOUGH_OF_A_GUESS = 0.2
/** Frames a packet that must come out. Interlaced video has two packets for a frame, and some formats a few that are not shown. */
const FRAMES_OF_PACKETS = 0.4
/** Seconds of work that a second of the file may take. */
const PACE = { video: 10, sound: 0.5 }

/**
 * Decodes a picture, or a whole video up to `mostSeconds`, without keeping anything: only that tells what a file holds.
 * @returns null when nothing in it decodes.
 * @throws UserError as `runFfmpeg` and `probeMedia` do, save for what is the file's own fault.
 */
export async function decodeVideo(
  ffmpeg: Ffmpeg,
  file: string,
  media: MediaInfo,
  mostSeconds: number,
  signal?: AbortSignal,
): Promise<Decoded | null> {
  const done = await orNull(runFfmpeg(ffmpeg, videoJob(file, media, mostSeconds), { signal }))
  if (done === null || done.frames === 0) return null
  const { frames, seconds } = done
  if (media.isImage) return { frames, seconds: 0, breaksOff: false }
  const packets = media.packets ?? (await countPackets(ffmpeg, file, media.videoIndex, signal))
  // Where the whole file was not wanted, its packets say nothing.
  const isWhole = seconds < mostSeconds
  if (media.isAnimation) {
    // The last picture may stay for as long as all others together, which ffmpeg does not count.
    const length = Math.max(seconds, Math.min(media.duration ?? 0, mostSeconds))
    return { frames, seconds: length, breaksOff: isWhole && frames < packets * FRAMES_OF_PACKETS }
  }
  const endsEarly = seconds < Math.min(media.duration ?? 0, mostSeconds) * enough(media)
  return { frames, seconds, breaksOff: endsEarly || (isWhole && frames < packets * FRAMES_OF_PACKETS) }
}

/**
 * Decodes the first sound track of a file, up to `mostSeconds`, and counts its samples.
 * @returns seconds; 0 for what is no sound, when nothing in it decodes, and when that ends well before its headers say.
 * @throws UserError as `runFfmpeg` and `probeMedia` do, save for what is the file's own fault.
 */
export async function decodeSound(
  ffmpeg: Ffmpeg,
  file: string,
  mostSeconds: number,
  signal?: AbortSignal,
): Promise<number> {
  const media = await orNull(probeMedia(ffmpeg, file, signal))
  if (!media?.hasAudio) return 0
  const job: FfmpegJob = {
    global: QUIET,
    inputs: [{ options: [...ONE_THREAD, ...media.inputOptions], source: fileSource(file) }],
    // The time of what decodes is taken from its samples; the file's own times go on over what does not.
    options: ['-map', '0:a:0', '-af', 'asetpts=N/SR/TB', '-t', String(mostSeconds), '-f', 'null'],
    output: '-',
    seconds: mostSeconds,
    pace: PACE.sound,
  }
  const done = await orNull(runFfmpeg(ffmpeg, job, { signal }))
  if (done === null) return 0
  const promised = Math.min(media.audioDuration ?? media.duration ?? 0, mostSeconds)
  return done.seconds < promised * enough(media) ? 0 : done.seconds
}

/**
 * The seconds of a video whose file states no length, or only lets it be guessed: its packets are read, and nothing is decoded.
 * @returns null when there are none. @throws UserError as `runFfmpeg` does, save for what is the file's own fault.
 */
export async function measureLength(
  ffmpeg: Ffmpeg,
  file: string,
  media: MediaInfo,
  mostSeconds: number,
  signal?: AbortSignal,
): Promise<number | null> {
  const job: FfmpegJob = {
    global: QUIET,
    inputs: [{ options: media.inputOptions, source: fileSource(file) }],
    options: ['-map', `0:${media.videoIndex}`, '-c', 'copy', '-t', String(mostSeconds), '-f', 'null'],
    output: '-',
    seconds: mostSeconds,
    pace: PACE.sound,
  }
  const done = await orNull(runFfmpeg(ffmpeg, job, { signal }))
  // Bare streams have no times; what they have is a rate.
  const seconds = done?.seconds || (done?.frames ?? 0) / (media.fps ?? 25)
  return seconds > 0 ? seconds : null
}

/** Whether a frame of a video decodes from this second on. Throws as `measureLength` does. */
export async function decodesAt(
  ffmpeg: Ffmpeg,
  file: string,
  media: MediaInfo,
  second: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const whole = videoJob(file, media, 1)
  const inputs = whole.inputs.map(({ options, source }) => ({
    source,
    options: [...options, ...(second > 0 ? ['-ss', second.toFixed(3)] : [])],
  }))
  const options = ['-map', `0:${media.videoIndex}`, '-frames:v', '1', '-f', 'null']
  return ((await orNull(runFfmpeg(ffmpeg, { ...whole, inputs, options }, { signal })))?.frames ?? 0) > 0
}

function enough({ isLengthGuessed }: MediaInfo): number {
  return isLengthGuessed ? ENOUGH_OF_A_GUESS : ENOUGH
}

/** Each thread of a decoder has frames of its own, and a large picture takes much memory as it is. */
const ONE_THREAD = ['-threads', '1']

function videoJob(file: string, media: MediaInfo, mostSeconds: number): FfmpegJob {
  const length = media.isImage ? ['-frames:v', '1'] : ['-t', String(mostSeconds)]
  return {
    global: QUIET,
    inputs: [
      {
        // The filter between blocks only makes the picture nicer, and takes a quarter of the time.
        options: [...ONE_THREAD, '-skip_loop_filter', 'all', ...media.inputOptions],
        source: fileSource(file),
      },
    ],
    options: ['-map', `0:${media.videoIndex}`, ...length, '-f', 'null'],
    output: '-',
    seconds: media.isImage ? 0 : Math.min(media.duration ?? mostSeconds, mostSeconds),
    pace: PACE.video,
  }
}

async function orNull<T>(running: Promise<T>): Promise<T | null> {
  try {
    return await running
  } catch (error) {
    if (error instanceof UserError && error.code === 'ffmpeg_failed') return null
    throw error
  }
}
