import path from 'node:path'
import { clipJob, planClip } from '../src/core/media/clip/clip.ts'
import { clipGraph, clipInputs } from '../src/core/media/clip/clip-args.ts'
import { type FfmpegJob, fileSource, QUIET } from '../src/core/media/ffmpeg/ffmpeg-args.ts'
import type { RenderTools } from '../src/core/media/types.ts'
import { framesOf } from '../src/core/model/formats.ts'
import type { Material } from './render-material.ts'

/** The limiter ceiling with which the encoded sound peaks below −1 dBTP, as a share of full scale. */
const CEILING = 0.78

/**
 * The whole storyboard in one ffmpeg command, as one would write it without a cache: the same film as the bot's, with the same
 * shots, captions, opening and ending, x264's preset and quality, ducking and loudness. It skips the bot's work of finding that
 * loudness, as its gain is known. (A `loudnorm` instead of gain and limiter would cost it more.)
 *
 * @param gain dB with which the voices come to −14 LUFS.
 */
export async function oneCommand(
  { ffmpeg, store }: RenderTools,
  { storyboard, track }: Material,
  gain: number,
  folder: string,
): Promise<FfmpegJob> {
  const { segments } = storyboard
  const inputs: FfmpegJob['inputs'] = []
  const graph: string[] = []
  for (const [index, segment] of segments.entries()) {
    const plan = await planClip(store, segment, storyboard, framesOf(segment.duration))
    const files: [string, string] = [segment.footageFile, segment.ending?.footageFile ?? segment.footageFile]
    const captionFile = path.join(folder, `captions-${index}.ass`)
    const clip = await clipJob({ ffmpeg, store, segment, style: storyboard, plan, files, captionFile })
    const job = { ...clip, threads: 0, output: '' }
    graph.push(
      clipGraph(job, inputs.length, `c${index}`),
      `[c${index}]trim=end_frame=${clip.frames},setpts=PTS-STARTPTS[v${index}]`,
    )
    inputs.push(...clipInputs(job, []))
  }
  const voices = inputs.length
  for (const { voiceFile } of segments) inputs.push({ options: [], source: fileSource(voiceFile) })
  const music = inputs.length
  inputs.push({ options: ['-stream_loop', '-1'], source: fileSource(track.file) })

  const seconds = segments.reduce((sum, segment) => sum + segment.duration, 0)
  const stereo = 'aformat=sample_fmts=fltp:channel_layouts=stereo'
  const padded = segments.map(
    ({ duration }, index) => `[${voices + index}:a]apad,atrim=end=${duration}[a${index}]`,
  )
  const joined = segments.map((_, index) => `[v${index}][a${index}]`).join('')
  graph.push(
    ...padded,
    `${joined}concat=n=${segments.length}:v=1:a=1[v][voices]`,
    `[voices]volume=${gain.toFixed(2)}dB,pan=stereo|c0=c0|c1=c0,${stereo},asplit[voice][key]`,
    `[${music}:a]aresample=48000,${stereo},volume=${storyboard.music.volume / 100},atrim=end=${seconds},afade=t=out:st=${seconds - 1}[music]`,
    `[music][key]sidechaincompress=threshold=0.02:ratio=6:attack=15:release=400,${stereo}[ducked]`,
    `[voice][ducked]amerge=inputs=2,pan=stereo|c0=c0+c2|c1=c1+c3,alimiter=limit=${CEILING}:level=disabled[a]`,
  )
  return {
    global: QUIET,
    inputs,
    options: [
      ...['-filter_complex', graph.join(';'), '-map', '[v]', '-map', '[a]'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-profile:v', 'high'],
      ...['-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart', '-f', 'mp4'],
    ],
    output: path.join(folder, 'one-command.mp4'),
    seconds,
  }
}
