import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import installer from '@ffmpeg-installer/ffmpeg'
import { type Ffmpeg, findFfmpeg } from '../../../src/core/media/ffmpeg/ffmpeg.ts'
import { createPool } from '../../../src/core/media/ffmpeg/pool.ts'
import { LocalStore } from '../../../src/core/media/store/local-store.ts'
import type { RenderSegment, RenderTools, Storyboard } from '../../../src/core/media/types.ts'
import { wavFile } from '../../../src/core/media/voice/wav-header.ts'
import { SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../../src/core/model/formats.ts'

const run = promisify(execFile)
export const EMBEDDED = installer.path

type Builds = [embedded: [name: string, ffmpeg: Ffmpeg], ...others: [name: string, ffmpeg: Ffmpeg][]]
/** The builds' details, looked up once for all tests of a worker. */
let found: Promise<Ffmpeg[]> | undefined

/** The embedded build of 2018, and the system's where there is one; each with a pool of its own. */
export async function builds(): Promise<Builds> {
  found ??= Promise.all([findFfmpeg({ ffmpegPath: EMBEDDED }), findFfmpeg()])
  const [embedded, other] = (await found).map((ffmpeg) => ({ ...ffmpeg, pool: createPool(2) }))
  if (!embedded || !other) throw new Error('there are two')
  return other.source === 'embedded'
    ? [['embedded', embedded]]
    : [
        ['embedded', embedded],
        ['system', other],
      ]
}

export interface Workshop extends RenderTools {
  folder: string
  file(name: string): string
  close(): Promise<void>
}

export async function openWorkshop(ffmpeg: Ffmpeg): Promise<Workshop> {
  // A name with every character that needs escaping somewhere.
  const folder = await mkdtemp(path.join(tmpdir(), "rushes it's [a] 한글, b;c-"))
  return {
    ffmpeg,
    store: new LocalStore(path.join(folder, 'store')),
    folder,
    file: (name) => path.join(folder, name),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Runs ffmpeg to make test input. */
export async function make(args: string[], ffmpeg = EMBEDDED): Promise<void> {
  await run(ffmpeg, ['-nostdin', '-v', 'error', '-y', ...args])
}

/** A short video of a single colour. */
export async function colourVideo(
  file: string,
  colour: string,
  seconds = 1,
  size = '320x320',
): Promise<string> {
  await make([
    '-f',
    'lavfi',
    '-i',
    `color=c=${colour}:s=${size}:r=30:d=${seconds}`,
    '-pix_fmt',
    'yuv420p',
    '-f',
    'mp4',
    file,
  ])
  return file
}

/** Writes a voice of the given number of frames; `sample` returns each sample, −1 to 1. */
export async function voiceFile(
  file: string,
  frames: number,
  sample: (index: number) => number,
): Promise<string> {
  const samples = Int16Array.from({ length: frames * SAMPLES_PER_FRAME }, (_, index) =>
    Math.round(Math.max(-1, Math.min(1, sample(index))) * 32767),
  )
  await writeFile(file, wavFile(samples, SAMPLE_RATE))
  return file
}

/** Sound with the rhythm and spectrum of speech, at about this peak level. */
export function murmur(level: number): (index: number) => number {
  let state = 1
  let low = 0
  return (index) => {
    state = (state * 48271) % 2147483647
    low += 0.2 * ((state / 2147483647) * 2 - 1 - low)
    const syllable = Math.max(0, Math.sin((2 * Math.PI * index) / 12_000))
    return (
      level * 2.2 * syllable * low + level * 0.3 * syllable * Math.sin((2 * Math.PI * 180 * index) / 48_000)
    )
  }
}

export function segment(
  parts: Partial<RenderSegment> & Pick<RenderSegment, 'voiceFile' | 'footageFile'>,
): RenderSegment {
  return { text: 'One two three.', words: [], footageKind: 'video', duration: 1, ...parts }
}

export function storyboard(segments: RenderSegment[], parts: Partial<Storyboard> = {}): Storyboard {
  return {
    seed: 'draft_20260101_000000_abcd',
    format: 'square',
    template: 'clean',
    language: 'en',
    segments,
    music: { enabled: false, mood: 'calm', volume: 20 },
    ...parts,
  }
}

/** Every frame as the given number of RGB pixels; takes ffmpeg output options, such as a frame count. */
export async function decodeFrames(
  file: string,
  filter: string,
  size: number,
  options: string[] = [],
): Promise<Buffer[]> {
  const { stdout } = await run(
    EMBEDDED,
    [
      '-nostdin',
      '-v',
      'error',
      '-i',
      file,
      '-an',
      '-vf',
      filter,
      ...options,
      '-pix_fmt',
      'rgb24',
      '-vsync',
      '0',
      '-f',
      'rawvideo',
      '-',
    ],
    { encoding: 'buffer', maxBuffer: 1 << 30 },
  )
  const frames: Buffer[] = []
  for (let at = 0; at + size * 3 <= stdout.length; at += size * 3)
    frames.push(stdout.subarray(at, at + size * 3))
  return frames
}

/** The left channel at 48 kHz, from the start of the film. */
export async function decodeSound(file: string): Promise<Float32Array> {
  const { stdout } = await run(
    EMBEDDED,
    [
      '-nostdin',
      '-v',
      'error',
      '-i',
      file,
      '-vn',
      '-af',
      'pan=mono|c0=c0',
      '-ar',
      '48000',
      '-f',
      'f32le',
      '-',
    ],
    { encoding: 'buffer', maxBuffer: 1 << 30 },
  )
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length))
}

export async function ffprobeJson(ffmpeg: Ffmpeg, file: string, ...what: string[]): Promise<string> {
  return (await run(ffmpeg.ffprobePath, ['-v', 'error', ...what, '-of', 'csv=p=0', file])).stdout
}

/**
 * Loudness (LUFS; −70 for silence) and true peak (dBTP; −Infinity for silence) of a file by EBU R128.
 * @throws when ffmpeg doesn't report them: no bound may hold because a figure is missing.
 */
export async function loudnessOf(ffmpeg: Ffmpeg, file: string): Promise<{ loudness: number; peak: number }> {
  const filter = 'ebur128=peak=true:framelog=verbose'
  const args = ['-nostdin', '-hide_banner', '-nostats', '-i', file, '-vn', '-af', filter, '-f', 'null', '-']
  const { stderr } = await run(ffmpeg.ffmpegPath, args)
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'))
  const loudness = /I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]
  const peak = /Peak:\s+(-?[\d.]+|-inf) dBFS/.exec(summary)?.[1]
  if (loudness === undefined || peak === undefined) throw new Error(`no loudness of ${file}:\n${stderr}`)
  return { loudness: Number(loudness), peak: peak === '-inf' ? Number.NEGATIVE_INFINITY : Number(peak) }
}
