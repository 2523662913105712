import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import ffmpeg from '@ffmpeg-installer/ffmpeg'

const run = promisify(execFile)

export interface VideoSpec {
  width: number
  height: number
  /** In ffmpeg's notation: `30`, `24000/1001`. */
  fps: string
  seconds: number
  /** Whether it has sound. */
  audio?: boolean
  /** Rotated by 90 degrees in the file's metadata, as phones do. */
  rotated?: boolean
  /** Further arguments for the encoder. */
  encoder?: readonly string[]
}

/** Clips like those of stock sites, small and short: each has one oddity. */
export const ODD_VIDEOS = {
  vertical: { width: 270, height: 480, fps: '30', seconds: 2 },
  horizontal: { width: 480, height: 270, fps: '30', seconds: 2 },
  film: { width: 480, height: 270, fps: '24000/1001', seconds: 2 },
  ntsc: { width: 480, height: 270, fps: '30000/1001', seconds: 2 },
  fifty: { width: 480, height: 270, fps: '50', seconds: 2 },
  withSound: { width: 480, height: 270, fps: '25', seconds: 2, audio: true },
  oddSize: { width: 426, height: 238, fps: '25', seconds: 2 },
  variableRate: {
    width: 480,
    height: 270,
    fps: '30',
    seconds: 2,
    encoder: ['-vf', "select='not(mod(n\\,3))+lt(t\\,0.7)'", '-vsync', 'vfr'],
  },
  rotated: { width: 480, height: 270, fps: '30', seconds: 2, rotated: true },
  tenBit: {
    width: 480,
    height: 270,
    fps: '30',
    seconds: 2,
    encoder: ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le'],
  },
  hdr: {
    width: 480,
    height: 270,
    fps: '30',
    seconds: 2,
    encoder: [
      ...['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020'],
      ...['-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', '-x265-params', 'log-level=error:hdr10=1'],
    ],
  },
} as const satisfies Record<string, VideoSpec>

const made = new Map<string, Promise<Buffer>>()

/** A small MP4 with moving test bars, made once per process. */
export async function sampleVideo(spec: VideoSpec): Promise<Buffer> {
  const { width, height, fps, seconds, audio = false, encoder = [], rotated = false } = spec
  const picture = ['-f', 'lavfi', '-i', `testsrc=size=${width}x${height}:rate=${fps}:duration=${seconds}`]
  const sound = audio ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-c:a', 'aac'] : []
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...encoder]
  const video = await once([...picture, ...sound, ...coding, '-movflags', '+faststart', '-f', 'mp4'])
  return rotated ? turned(video, height) : video
}

/**
 * Writes the matrix of a 90-degree rotation into the track's header (ISO 14496-12, `tkhd`), because ffmpeg versions from 2018 to
 * today don't agree on how to do it.
 */
function turned(video: Buffer, height: number): Buffer {
  const copy = Buffer.from(video)
  const matrix = copy.indexOf('tkhd') + 4 + 40
  const values = [0, 0x10000, 0, -0x10000, 0, 0, height * 0x10000, 0, 0x40000000]
  for (const [index, value] of values.entries()) copy.writeInt32BE(value, matrix + index * 4)
  return copy
}

/** A JPEG with test bars. */
export function sampleImage(width: number, height: number): Promise<Buffer> {
  return once(['-f', 'lavfi', '-i', `testsrc=size=${width}x${height}`, '-frames:v', '1', '-f', 'mjpeg'])
}

function once(parameters: readonly string[]): Promise<Buffer> {
  const key = parameters.join(' ')
  const known = made.get(key) ?? make(parameters)
  made.set(key, known)
  return known
}

async function make(parameters: readonly string[]): Promise<Buffer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-media-'))
  try {
    const file = path.join(folder, 'sample')
    await run(ffmpeg.path, ['-v', 'error', '-y', ...parameters, file])
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
