import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../model/errors.ts'
import { FPS } from '../../model/formats.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { concatLine, type FfmpegJob, fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { probeMedia } from '../ffmpeg/probe.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'

export interface JoinRequest {
  /** In order; absolute paths. */
  clips: { file: string; frames: number }[]
  /** As long as all clips combined. */
  soundFile: string
  outputFile: string
}

/**
 * Joins clips and sound into one MP4 without encoding anything. The video appears under its name only when it is complete
 * and ffprobe has found every frame in it; otherwise nothing is left behind.
 */
export async function joinVideo(
  ffmpeg: Ffmpeg,
  request: JoinRequest,
  options: RunOptions = {},
): Promise<void> {
  const { clips, outputFile } = request
  const folder = path.dirname(outputFile)
  const temporary = path.join(folder, `.${randomUUID()}.part`)
  const list = `${temporary}.txt`
  const frames = clips.reduce((sum, clip) => sum + clip.frames, 0)
  await asDiskError(
    (async () => {
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(list, concatList(clips))
        await runFfmpeg(ffmpeg, joinArgs(list, request.soundFile, temporary, frames), options)
        await check(ffmpeg, temporary, frames, options.signal)
        if (options.signal?.aborted) throw new UserError('cancelled')
        await rename(temporary, outputFile)
      } finally {
        await rm(list, { force: true })
        await rm(temporary, { force: true })
      }
    })(),
  )
}

/** Lists the clips with exact lengths, because their containers only state milliseconds. */
function concatList(clips: JoinRequest['clips']): string {
  const entries = clips.map(
    ({ file, frames }) => `${concatLine(file)}\nduration ${(frames / FPS).toFixed(6)}\n`,
  )
  return `ffconcat version 1.0\n${entries.join('')}`
}

/**
 * Clips of the same build and format share a decoder configuration, so their packets can be copied unchanged; by default, concat
 * would rewrite each to another form of H.264, which must be rewritten back for the MP4. Decoders are disallowed because ffmpeg
 * would decode the beginning of each clip only to learn what its header says, which takes longer than everything else.
 */
const AS_THEY_ARE = ['-auto_convert', '0', '-codec_whitelist', 'none']
/** Allows only the list, and in it only our own clips. */
const OURS = ['-format_whitelist', 'concat,mov']
/** The number of packets read ahead. With the default of eight, reading threads wait more than they work. */
const READ_AHEAD = ['-thread_queue_size', '512']

function joinArgs(list: string, soundFile: string, output: string, frames: number): FfmpegJob {
  return {
    global: QUIET,
    inputs: [
      {
        options: ['-f', 'concat', '-safe', '0', ...OURS, ...AS_THEY_ARE, ...READ_AHEAD],
        source: fileSource(list),
      },
      { options: ['-f', 'mp4', ...READ_AHEAD], source: fileSource(soundFile) },
    ],
    options: [
      ...['-map', '0:v:0', '-map', '1:a:0', '-c', 'copy', '-map_metadata', '-1'],
      ...['-movflags', '+faststart', '-f', 'mp4'],
    ],
    output,
    seconds: frames / FPS,
  }
}

async function check(ffmpeg: Ffmpeg, file: string, frames: number, signal?: AbortSignal): Promise<void> {
  const made = await probeMedia(ffmpeg, file, signal)
  const wrong = (detail: string) => new UserError('ffmpeg_failed', { detail })
  if (!made.hasVideo || !made.hasAudio) throw wrong('the video is missing its picture or sound.')
  if (made.frames !== frames) throw wrong(`the video has ${made.frames} frames instead of ${frames}.`)
  for (const length of [made.duration, made.audioDuration]) {
    if (length === null || Math.abs(length - frames / FPS) > 1 / FPS) {
      throw wrong(`the video is ${length} s long instead of ${(frames / FPS).toFixed(3)} s.`)
    }
  }
}
