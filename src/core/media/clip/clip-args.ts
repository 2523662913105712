import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import { FONT_FOLDER } from '../captions/fonts.ts'
import { type FfmpegJob, fileSource, filterValue, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import type { MediaInfo } from '../ffmpeg/probe.ts'
import { type Motion, motionExpressions } from './motion.ts'

export interface ClipJob {
  footageFile: string
  /** Footage whose length is not known is not repeated: its last frame stays. */
  media: MediaInfo
  format: Format
  frames: number
  /** The captions' ASS script, or null for none. */
  captionFile: string | null
  /** The movement over a still picture. */
  motion: Motion
  canToneMap: boolean
  threads: number
  output: string
}

/** Raised whenever these arguments change what comes out; part of every clip's cache key. */
export const CLIP_VERSION = 3

/**
 * Encoder settings that every clip shares, so that their headers are the same and they join by stream copy.
 * The rate is capped for footage that is all noise; level 4.0 is enough for 1080p30. Two frames less of
 * lookahead than the preset's ten are not seen, and save 20 MB of memory a process.
 */
const VIDEO_CODEC = [
  ...[
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '21',
    '-rc-lookahead',
    '8',
    '-maxrate',
    '16M',
    '-bufsize',
    '32M',
  ],
  ...['-profile:v', 'high', '-level:v', '4.0', '-pix_fmt', 'yuv420p', '-g', '60', '-flags', '+cgop'],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
]

/** The encoder's clock: one tick is one frame, so that nothing is rounded when clips are joined. */
const CLIP_TIMESCALE = ['-video_track_timescale', String(FPS)]

export function clipArgs(job: ClipJob): FfmpegJob {
  const { media } = job
  const threads = ['-threads', String(job.threads)]
  return {
    global: [...QUIET, '-filter_complex_threads', '1'],
    inputs: [
      {
        options: [...media.inputOptions, ...inputOptions(job), ...threads],
        source: fileSource(job.footageFile),
      },
    ],
    options: [
      ...['-filter_complex', clipGraph(job), '-map', '[v]', '-an', '-sn', '-dn'],
      ...['-frames:v', String(job.frames), '-map_metadata', '-1', '-map_chapters', '-1'],
      ...[...VIDEO_CODEC, ...threads, ...CLIP_TIMESCALE, '-f', 'mp4'],
    ],
    output: job.output,
    seconds: job.frames / FPS,
  }
}

function inputOptions({ media, frames }: ClipJob): string[] {
  // A photo's orientation is applied below, as builds disagree on whether they do it.
  if (media.isImage) return ['-noautorotate']
  if (media.duration === null) return []
  const loops = Math.ceil(frames / FPS / media.duration)
  // One more than needed: the stated length may be a little too long. A finite number, so that a file with
  // nothing to decode ends.
  return loops > 1 || media.duration - frames / FPS < 0.2 ? ['-stream_loop', String(loops)] : []
}

function clipGraph(job: ClipJob): string {
  const { media, captionFile } = job
  const source = `[0:${media.videoIndex}]`
  const picture = media.isImage
    ? stillGraph(job, source)
    : hasAlpha(media)
      ? movingOnBackground(job, source)
      : `${source}${videoFilters(job).join(',')}`
  const captions = captionFile
    ? [`ass=filename=${filterValue(captionFile)}:fontsdir=${filterValue(FONT_FOLDER)}:shaping=simple`]
    : []
  return `${[picture, ...captions, 'format=yuv420p'].join(',')}[v]`
}

function videoFilters({ media, format, frames, canToneMap }: ClipJob): string[] {
  const { width, height } = FORMATS[format]
  const rate = `fps=${FPS}`
  const isFaster = media.fps !== null && media.fps > FPS
  return [
    'setpts=PTS-STARTPTS',
    // The fewer frames, the less to scale: a higher rate is thinned out before, a lower one filled up after.
    ...(media.isInterlaced ? ['yadif'] : []),
    ...(isFaster ? [rate] : []),
    ...turns(media.orientation),
    crop(media, width / height),
    ...(isHdr(media) && canToneMap ? toneMap(media, width, height) : [scale(media, width, height)]),
    'setsar=1',
    ...(isFaster ? [] : [rate]),
    `tpad=stop_mode=clone:stop_duration=${Math.ceil(frames / FPS) + 1}`,
  ]
}

function hasAlpha({ pixelFormat }: MediaInfo): boolean {
  return /^(yuva|rgba|bgra|argb|abgr|gbrap|ya\d|pal8)/.test(pixelFormat ?? '')
}

/** What is transparent in an animation would be shown in whatever colour its pixels happen to have. */
function movingOnBackground(job: ClipJob, source: string): string {
  const { width, height } = FORMATS[job.format]
  const background = `color=c=${BEHIND_ALPHA}:s=${width}x${height}:r=${FPS}[background]`
  const picture = `${source}${[...videoFilters(job), 'format=rgba'].join(',')}[picture]`
  const flat = '[background][picture]overlay=format=rgb:shortest=1'
  // The format follows at once, so that this is what converts the colours.
  const colours = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'
  return `${background};${picture};${flat},${colours}`
}

/** The largest part of the target's shape, from the middle. */
function crop({ width, height, pixelAspect }: MediaInfo, aspect: number): string {
  const wanted = aspect / pixelAspect
  const even = (value: number) => Math.max(2, Math.floor(value / 2) * 2)
  const [w, h] =
    width / height > wanted
      ? [Math.min(width, even(height * wanted)), height]
      : [width, Math.min(height, even(width / wanted))]
  return `crop=${w}:${h}`
}

function scale(media: MediaInfo, width: number, height: number): string {
  return `scale=${width}:${height}:flags=bicubic${matrixOptions(media)}`
}

/** Which colours the numbers mean. Footage that does not say is taken as players take it: by its size. */
function matrixOptions(media: MediaInfo): string {
  const { colorSpace, pixelFormat, width, height } = media
  // What is transparent stays in RGB until it lies on its background.
  const output = hasAlpha(media) ? '' : ':out_color_matrix=bt709:out_range=tv'
  if (/rgb|bgr|gbr|pal8|gray|mono|^ya/.test(pixelFormat ?? '')) return output
  const named: Record<string, string> = {
    bt709: 'bt709',
    smpte170m: 'bt601',
    bt470bg: 'bt601',
    smpte240m: 'smpte240m',
    bt2020nc: 'bt2020',
    bt2020c: 'bt2020',
  }
  // JFIF defines JPEG's colours as those of BT.601.
  const unnamed = pixelFormat?.startsWith('yuvj') || Math.max(width, height) < 1280 ? 'bt601' : 'bt709'
  return `:in_color_matrix=${named[colorSpace ?? ''] ?? unnamed}${output}`
}

function isHdr({ colorTransfer }: MediaInfo): boolean {
  return colorTransfer === 'smpte2084' || colorTransfer === 'arib-std-b67'
}

/** HDR (PQ, HLG) to BT.709, at the target's size as every step works on floating point numbers. */
function toneMap({ colorTransfer, colorRange }: MediaInfo, width: number, height: number): string[] {
  const range = colorRange === 'pc' ? 'full' : 'limited'
  return [
    `zscale=w=${width}:h=${height}:f=bicubic:tin=${colorTransfer}:min=2020_ncl:pin=2020:rin=${range}:t=linear:npl=203:m=2020_ncl:p=2020`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=709:m=709:r=limited',
    'format=yuv420p',
  ]
}

/**
 * A still is decoded and scaled once; zoompan then repeats it. It rounds its window to whole pixels of its
 * input, so the input is made larger than the output, and in 4:4:4, where a pixel is not half a colour sample.
 */
const STILL_ENLARGEMENT = 2

/** Behind what is transparent. */
const BEHIND_ALPHA = '0x14161c'

function stillGraph({ media, format, frames, motion }: ClipJob, source: string): string {
  const { width, height } = FORMATS[format]
  const large = (pixels: number) => Math.round((pixels * STILL_ENLARGEMENT) / 2) * 2
  const prepared = [
    ...turns(media.orientation),
    crop(media, width / height),
    `scale=${large(width)}:${large(height)}:flags=bicubic`,
    'setsar=1',
  ]
  const { zoom, x, y } = motionExpressions(motion, frames)
  const moving = [
    // The background may carry a last repetition of its own; zoompan must see one frame.
    'trim=end_frame=1',
    'scale=out_color_matrix=bt709:out_range=tv',
    'format=yuv444p',
    `zoompan=z='${zoom}':x='${x}':y='${y}':d=${frames}:s=${width}x${height}:fps=${FPS}`,
  ]
  const background = `color=c=${BEHIND_ALPHA}:s=${large(width)}x${large(height)}:r=${FPS}:d=1[background]`
  const flat = `[background][picture]overlay=format=rgb:shortest=1`
  return `${background};${source}${[...prepared, 'format=rgba'].join(',')}[picture];${[flat, ...moving].join(',')}`
}

/** The eight EXIF orientations as filters. */
export function turns(orientation: number): string[] {
  const filters: Record<number, string[]> = {
    2: ['hflip'],
    3: ['hflip', 'vflip'],
    4: ['vflip'],
    5: ['transpose=0'],
    6: ['transpose=1'],
    7: ['transpose=3'],
    8: ['transpose=2'],
  }
  return filters[orientation] ?? []
}
