import { UserError } from '../../model/errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { type FfmpegJob, fileSource, QUIET } from './ffmpeg-args.ts'
import { countPackets, type MediaInfo, probeMedia } from './probe.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/** The actual content of a video. */
export interface Decoded {
  frames: number
  /** To a hundredth of a second, up to the end of the last decodable frame. */
  seconds: number
  /** True if it ends well before its stated length, or if most of it can't be decoded. */
  breaksOff: boolean
}

/** The fraction of the stated length that must be there: a file truncated just before its end is still usable. */
const ENOUGH = 0.8
/** Same, if the length was only estimated. */
const ENOUGH_OF_A_GUESS = 0.2
/** The minimum frames per packet. Interlaced video has two packets per frame, and some formats have a few invisible ones. */
const FRAMES_OF_PACKETS = 0.4
/** The maximum processing seconds per second of the file. */
const PACE = { video: 10, sound: 0.5 }

/**
 * Decodes a picture, or a video up to `mostSeconds`, and discards the result: only this reveals a file's real content.
 * @returns null if nothing can be decoded.
 * @throws UserError like `runFfmpeg` and `probeMedia`, except for errors caused by the file.
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
  // If the file wasn't decoded completely, its packet count is meaningless.
  const isWhole = seconds < mostSeconds
  if (media.isAnimation) {
    // The last picture may be shown as long as all others together, which ffmpeg doesn't count.
    const length = Math.max(seconds, Math.min(media.duration ?? 0, mostSeconds))
    return { frames, seconds: length, breaksOff: isWhole && frames < packets * FRAMES_OF_PACKETS }
  }
  const endsEarly = seconds < Math.min(media.duration ?? 0, mostSeconds) * enough(media)
  return { frames, seconds, breaksOff: endsEarly || (isWhole && frames < packets * FRAMES_OF_PACKETS) }
}

/**
 * Decodes a file's first audio track, up to `mostSeconds`, and counts its samples.
 * @returns seconds; 0 if there is no audio, if nothing can be decoded, or if it ends well before its stated length.
 * @throws UserError like `runFfmpeg` and `probeMedia`, except for errors caused by the file.
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
    // The length is computed from decoded samples, because timestamps continue over undecodable parts.
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
 * The length in seconds of a video whose file states none or only allows an estimate: its packets are read without decoding.
 * @returns null if there are none. @throws UserError like `runFfmpeg`, except for errors caused by the file.
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
  // Raw streams have no timestamps, only a rate.
  const seconds = done?.seconds || (done?.frames ?? 0) / (media.fps ?? 25)
  return seconds > 0 ? seconds : null
}

/** Whether a video frame can be decoded from this second on. Throws like `measureLength`. */
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

/** Each decoder thread has its own frames, and large pictures already take a lot of memory. */
const ONE_THREAD = ['-threads', '1']

function videoJob(file: string, media: MediaInfo, mostSeconds: number): FfmpegJob {
  const length = media.isImage ? ['-frames:v', '1'] : ['-t', String(mostSeconds)]
  return {
    global: QUIET,
    inputs: [
      {
        // The deblocking filter only improves the picture, and takes a quarter of the time.
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
