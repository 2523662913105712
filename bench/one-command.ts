import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { assScript } from '../src/core/media/captions/ass.ts'
import { planCaptions } from '../src/core/media/captions/captions.ts'
import { FONT_FOLDER } from '../src/core/media/captions/fonts.ts'
import { templateOf } from '../src/core/media/captions/templates.ts'
import { type FfmpegJob, fileSource, filterValue, QUIET } from '../src/core/media/ffmpeg/ffmpeg-args.ts'
import { FORMATS, FPS, framesOf } from '../src/core/model/formats.ts'
import type { Material } from './render-material.ts'

/**
 * The whole storyboard in one ffmpeg command, as one would write it without a cache: the same cropping,
 * scaling, captions, encoder settings, ducking, gain and limiter as the bot's. (A `loudnorm` instead of gain
 * and limiter would cost the baseline some seconds of CPU more.)
 */
export async function oneCommand({ storyboard, track }: Material, folder: string): Promise<FfmpegJob> {
  const { segments, format, language } = storyboard
  const { width, height } = FORMATS[format]
  const template = templateOf(storyboard.template)
  const pictures = await Promise.all(
    segments.map(async (segment, index) => {
      const frames = framesOf(segment.duration)
      const captions = planCaptions({
        ...segment,
        language,
        frames,
        speechEnd: segment.duration,
        format,
        template,
      })
      const script = path.join(folder, `captions-${index}.ass`)
      await writeFile(script, assScript(captions, format, template))
      return [
        `[${index}:v]setpts=PTS-STARTPTS,crop='trunc(ih*${width}/${height}/2)*2':ih,scale=${width}:${height}:flags=bicubic`,
        `setsar=1,fps=${FPS},trim=end_frame=${frames},setpts=PTS-STARTPTS`,
        `ass=filename=${filterValue(script)}:fontsdir=${filterValue(FONT_FOLDER)}:shaping=simple,format=yuv420p[v${index}]`,
      ].join(',')
    }),
  )
  const count = segments.length
  const seconds = segments.reduce((sum, segment) => sum + segment.duration, 0)
  const inputs = segments.map((_, index) => `[v${index}][${count + index}:a]`).join('')
  const stereo = 'aformat=sample_fmts=fltp:channel_layouts=stereo'
  const graph = [
    ...pictures,
    `${inputs}concat=n=${count}:v=1:a=1[v][voices]`,
    `[voices]volume=4dB,pan=stereo|c0=c0|c1=c0,${stereo},asplit[voice][key]`,
    `[${2 * count}:a]aresample=48000,${stereo},volume=${storyboard.music.volume / 100},atrim=end=${seconds}[music]`,
    `[music][key]sidechaincompress=threshold=0.02:ratio=6:attack=15:release=400,${stereo}[ducked]`,
    '[voice][ducked]amerge=inputs=2,pan=stereo|c0=c0+c2|c1=c1+c3,alimiter=limit=0.78:level=disabled[a]',
  ]
  return {
    global: QUIET,
    inputs: [
      ...segments.map(({ footageFile }) => ({ options: [], source: fileSource(footageFile) })),
      ...segments.map(({ voiceFile }) => ({ options: [], source: fileSource(voiceFile) })),
      { options: ['-stream_loop', '-1'], source: fileSource(track.file) },
    ],
    options: [
      ...['-filter_complex', graph.join(';'), '-map', '[v]', '-map', '[a]'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-profile:v', 'high'],
      ...['-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart', '-f', 'mp4'],
    ],
    output: path.join(folder, 'one-command.mp4'),
    seconds,
  }
}
