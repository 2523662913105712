import { rm, writeFile } from 'node:fs/promises'
import { UserError } from '../../model/errors.ts'
import { assScript } from '../captions/ass.ts'
import { driftEvents } from '../captions/drift.ts'
import { FONT_FOLDER } from '../captions/fonts.ts'
import { titleEvents } from '../captions/lettering.ts'
import { templateOf } from '../captions/templates.ts'
import { pictureGraph } from '../clip/picture-graph.ts'
import { type FfmpegJob, fileSource, filterValue, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { knownMedia } from '../ffmpeg/known-media.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { withSource } from '../store/sources.ts'
import { type Overlay, PLAIN_COLOURS, type RenderTools, type Storyboard } from '../types.ts'

/** For footage that Rushes didn't draw: white on a dark shade, with the yellow of a highlighted word. */
const PLAIN: Overlay = {
  ...{ lettering: '', align: 'left', icon: null, number: 0 },
  colours: PLAIN_COLOURS,
}
/** Seconds of footage to examine, and the number of key frames from which to take the most typical one, which is never black. */
const LOOKED_AT = 12
const CHOICE = 6

/**
 * Writes a film's poster to `output`, a JPEG of the film's size: a good picture of its first footage with the title on it.
 * @throws UserError `cancelled`, `disk_full` or `ffmpeg_failed`.
 */
export async function makePoster(
  tools: RenderTools,
  storyboard: Storyboard,
  title: string,
  output: string,
  options: RunOptions = {},
): Promise<void> {
  const { ffmpeg, store } = tools
  const { segments, format, template } = storyboard
  const [first] = segments
  if (!first) throw new UserError('ffmpeg_failed', { detail: 'the film has no segments.' })
  const overlay = { ...(first.overlay ?? PLAIN), lettering: title }
  const lights = first.overlay ? driftEvents(overlay, format, 1) : []
  const script = assScript([], format, templateOf(template), [...lights, ...titleEvents(overlay, format)])
  const titleFile = `${output}.ass`
  try {
    await writeFile(titleFile, script)
    await withSource(store, first.footageFile, async (file) => {
      const media = await knownMedia(tools, first.footageFile, file, options.signal)
      const view = { zoom: 1, third: 0, above: 0.5 }
      const held = { start: 0, frames: 1, from: view, to: view, isSudden: false }
      const job = (choose: boolean): FfmpegJob => {
        const source = `[0:${media.videoIndex}]`
        const chosen = `${source}${choose ? `thumbnail=n=${CHOICE},` : ''}trim=end_frame=1[chosen]`
        const footage = { media, format, canToneMap: ffmpeg.canToneMap }
        const written = `ass=filename=${filterValue(titleFile)}:fontsdir=${filterValue(FONT_FOLDER)}:shaping=simple`
        // JPEG uses BT.601 colours in full range; converting through RGB gives the same result in all builds.
        const jpeg = 'scale=in_color_matrix=bt709:in_range=tv,format=gbrp,format=yuvj420p'
        const graph = `${chosen};${pictureGraph(footage, '[chosen]', [held], 'p')},${written},${jpeg}[v]`
        return {
          global: [...QUIET, '-filter_complex_threads', '1'],
          inputs: [
            {
              options: [
                ...media.inputOptions,
                ...(media.isImage ? ['-noautorotate'] : []),
                ...(choose ? ['-skip_frame', 'nokey', '-t', String(LOOKED_AT)] : []),
                ...['-threads', '1'],
              ],
              source: fileSource(file),
            },
          ],
          options: [
            ...['-filter_complex', graph, '-map', '[v]', '-frames:v', '1', '-map_metadata', '-1'],
            ...['-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg'],
          ],
          output,
          seconds: 0,
        }
      }
      const done = await runFfmpeg(ffmpeg, job(!media.isImage), options)
      // In some footage no frame is marked as a key frame: use the first one.
      if (done.frames === 0) await runFfmpeg(ffmpeg, job(false), options)
    })
  } finally {
    await rm(titleFile, { force: true })
  }
}
