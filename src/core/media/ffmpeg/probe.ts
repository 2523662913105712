import { z } from 'zod'
import { UserError } from '../../model/errors.ts'
import { captureOutput, ProcessError } from './capture-output.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { fileSource, withoutFolders } from './ffmpeg-args.ts'
import { foreignOptions } from './foreign.ts'
import { asStartError } from './start-error.ts'

export interface MediaInfo {
  /** The options ffmpeg must open it with, because it may come from someone else. */
  inputOptions: string[]
  /** Seconds of the video stream, or else of the file; null for stills and if the file doesn't state it. */
  duration: number | null
  /** True if the format states no length, so that it is estimated from the size and the initial rate. */
  isLengthGuessed: boolean
  hasVideo: boolean
  hasAudio: boolean
  /** A single picture without movement. */
  isImage: boolean
  /** Pictures with a display time each: GIF, APNG. */
  isAnimation: boolean
  /** The video stream's index within the file (a cover picture doesn't count). */
  videoIndex: number
  /** Pixels, after the rotation the file asks for. */
  width: number
  height: number
  /** Width of a pixel divided by its height, after rotation. */
  pixelAspect: number
  /** Quarter turns and mirroring that ffmpeg doesn't apply, numbered 1 to 8 as in EXIF; excludes a matrix in the container. */
  orientation: number
  /** True if two fields make a frame. */
  isInterlaced: boolean
  fps: number | null
  frames: number | null
  /** Packets of the video stream that are actually in the file; null if they weren't counted. */
  packets: number | null
  videoCodec: string | null
  profile: string | null
  pixelFormat: string | null
  colorTransfer: string | null
  colorSpace: string | null
  colorPrimaries: string | null
  colorRange: string | null
  audioCodec: string | null
  sampleRate: number | null
  channels: number | null
  /** Seconds of the audio stream. */
  audioDuration: number | null
}

const STILL_CODECS = new Set([
  'png',
  'mjpeg',
  'webp',
  'bmp',
  'tiff',
  'jpeg2000',
  'jpegxl',
  'av1',
  'hevc',
  'qoi',
])
const STILL_FORMATS = /(^|,)(image2|[a-z0-9]+_pipe)(,|$)/
/** Formats that hold a still or an animation; only counting packets distinguishes them. */
const PERHAPS_ANIMATED = /(^|,)(gif|apng|webp_pipe|png_pipe|webp)(,|$)/

const JPEG = 'jpeg_pipe'

/** Raw streams: packets without a container. */
const GUESSED = /(^|,)(mp3|aac|ac3|eac3|amr|h264|m4v|mpegvideo)(,|$)/

/**
 * Reads a media file's properties from its headers; whether they are true, only decoding shows.
 * @param withPackets true to read the whole file and count its packets, which `decodeVideo` compares with the decoded frames.
 * @throws UserError `ffmpeg_failed` if ffprobe can't read the file, `ffmpeg_missing` if ffprobe is gone, `cancelled`.
 */
export async function probeMedia(
  ffmpeg: Ffmpeg,
  file: string,
  signal?: AbortSignal,
  { withPackets = false } = {},
): Promise<MediaInfo> {
  const inputOptions = await foreignOptions(file)
  const demuxer = inputOptions.at(-1) ?? ''
  const isCounted = withPackets || PERHAPS_ANIMATED.test(demuxer)
  const counts = isCounted ? ['-count_packets'] : []
  // A JPEG's orientation comes with its frame.
  const held = demuxer === JPEG ? ['-read_intervals', '%+#1', '-show_frames'] : []
  const probed = await ffprobe(ffmpeg, file, ['-show_format', '-show_streams', ...counts, ...held], signal)
  const video = probed.streams.find(
    (stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1,
  )
  const audio = probed.streams.find((stream) => stream.codec_type === 'audio')
  const format = probed.format?.format_name ?? ''
  const isStillFormat = STILL_FORMATS.test(format) && STILL_CODECS.has(video?.codec_name ?? '')
  const isAnimated =
    video !== undefined &&
    PERHAPS_ANIMATED.test(format) &&
    (whole(video.nb_read_packets) ?? (await countPackets(ffmpeg, file, video.index, signal))) > 1
  const isImage = video !== undefined && !isAnimated && (isStillFormat || PERHAPS_ANIMATED.test(format))
  const exif = isImage && demuxer === JPEG ? exifOrientation(probed.frames[0]?.tags) : 1
  const matrix = rotationOf(video)
  const orientation = isImage ? exif : matrix === null ? taggedOrientation(video) : 1
  const swaps = orientation >= 5 || Math.abs(matrix ?? 0) % 180 === 90
  const aspect = ratio(video?.sample_aspect_ratio, ':') ?? 1
  return {
    inputOptions,
    duration: isImage ? null : (seconds(video?.duration) ?? seconds(probed.format?.duration)),
    isLengthGuessed: GUESSED.test(format),
    hasVideo: video !== undefined,
    hasAudio: audio !== undefined,
    isImage,
    isAnimation: isAnimated,
    videoIndex: video?.index ?? 0,
    width: (swaps ? video?.height : video?.width) ?? 0,
    height: (swaps ? video?.width : video?.height) ?? 0,
    pixelAspect: swaps ? 1 / aspect : aspect,
    orientation,
    isInterlaced: /^[tb]{2}$/.test(video?.field_order ?? ''),
    fps: isImage ? null : (ratio(video?.avg_frame_rate, '/') ?? ratio(video?.r_frame_rate, '/')),
    frames: whole(video?.nb_frames),
    packets: isCounted ? (whole(video?.nb_read_packets) ?? 1) : null,
    videoCodec: video?.codec_name ?? null,
    profile: video?.profile ?? null,
    pixelFormat: video?.pix_fmt ?? null,
    colorTransfer: video?.color_transfer ?? null,
    colorSpace: video?.color_space ?? null,
    colorPrimaries: video?.color_primaries ?? null,
    colorRange: video?.color_range ?? null,
    audioCodec: audio?.codec_name ?? null,
    sampleRate: whole(audio?.sample_rate),
    channels: audio?.channels ?? null,
    audioDuration: seconds(audio?.duration),
  }
}

const streamSchema = z.object({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  duration: z.string().optional(),
  nb_frames: z.string().optional(),
  nb_read_packets: z.string().optional(),
  field_order: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  sample_rate: z.string().optional(),
  channels: z.number().optional(),
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(z.object({ rotation: z.coerce.number().optional() })).optional(),
})
type Stream = z.infer<typeof streamSchema>

const answerSchema = z.object({
  streams: z.array(streamSchema).default([]),
  frames: z.array(z.object({ tags: z.record(z.string(), z.string()).optional() })).default([]),
  format: z.object({ format_name: z.string().optional(), duration: z.string().optional() }).optional(),
})

/** npm's static build crashes when it loads character tables, as for the names in a transport stream. */
const ENV = { GCONV_PATH: '/dev/null' }

async function ffprobe(ffmpeg: Ffmpeg, file: string, what: string[], signal?: AbortSignal) {
  try {
    const open = ['-threads', '1', ...(await foreignOptions(file)), '-i', fileSource(file)]
    const args = ['-v', 'error', '-print_format', 'json', ...what, ...open]
    const { ffprobePath, patience } = ffmpeg
    return answerSchema.parse(
      JSON.parse(await captureOutput(ffprobePath, args, { signal, patience, env: ENV })),
    )
  } catch (error) {
    if (signal?.aborted) throw new UserError('cancelled', undefined, { cause: error })
    const notStarted = asStartError(ffmpeg.ffprobePath, error)
    if (notStarted) throw notStarted
    throw new UserError('ffmpeg_failed', { detail: detailOf(error) }, { cause: error })
  }
}

function detailOf(error: unknown): string {
  const said = error instanceof ProcessError ? error.said : ''
  // Which whitelist it isn't on means nothing to people.
  if (/not on whitelist/i.test(said)) return 'files of this kind, such as playlists, are not opened.'
  return withoutFolders(said.split('\n').at(-1) ?? '').slice(0, 300) || 'ffprobe could not read the file.'
}

/** Counts the packets of a stream that are actually in the file; video usually has one per frame. Throws like `probeMedia`. */
export async function countPackets(
  ffmpeg: Ffmpeg,
  file: string,
  index: number,
  signal?: AbortSignal,
): Promise<number> {
  const counted = await ffprobe(
    ffmpeg,
    file,
    ['-select_streams', String(index), '-count_packets', '-show_streams'],
    signal,
  )
  return whole(counted.streams[0]?.nb_read_packets) ?? 1
}

function exifOrientation(tags: Record<string, string> | undefined): number {
  const orientation = Number(tags?.Orientation)
  return Number.isInteger(orientation) && orientation >= 1 && orientation <= 8 ? orientation : 1
}

/** The rotation by the container's matrix in degrees, rounded to a quarter turn, which every ffmpeg applies; null without one. */
function rotationOf(stream: Stream | undefined): number | null {
  const side = stream?.side_data_list?.find((data) => data.rotation !== undefined)?.rotation
  return side === undefined ? null : Math.round(side / 90) * 90
}

/** The orientation in a tag that older programs write and newer builds of ffmpeg ignore. */
function taggedOrientation(stream: Stream | undefined): number {
  const degrees = Math.round(Number(stream?.tags?.rotate ?? stream?.tags?.ROTATE ?? 0) / 90) * 90
  return { 90: 6, 180: 3, 270: 8 }[((degrees % 360) + 360) % 360] ?? 1
}

function ratio(text: string | undefined, separator: string): number | null {
  const [over, under] = (text ?? '').split(separator).map(Number)
  return over && under && over > 0 && under > 0 ? over / under : null
}

function seconds(text: string | undefined): number | null {
  const value = Number(text)
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : null
}

function whole(text: string | undefined): number | null {
  const value = Number(text)
  return text !== undefined && Number.isInteger(value) ? value : null
}
