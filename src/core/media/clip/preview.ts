import { FPS, framesOf, SAMPLE_RATE } from '../../model/formats.ts'
import { storedName } from '../../model/store.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import { type FfmpegJob, fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { hashOf } from '../store/hash.ts'
import { contentName, withSource } from '../store/sources.ts'
import type { RenderSegment, RenderTools } from '../types.ts'
import { type ClipOptions, type ClipStyle, clipPath, renderClip } from './clip.ts'

const PREVIEW_VERSION = 1

/**
 * Renders a segment's preview to play in a chat: its clip (rendered first if missing) with its voice. The picture is copied;
 * only the voice is encoded.
 * @returns its path in the store.
 */
export async function renderPreview(
  tools: RenderTools,
  segment: RenderSegment,
  style: ClipStyle,
  options: ClipOptions = {},
): Promise<string> {
  const { ffmpeg, store } = tools
  const clip = await renderClip(tools, segment, style, options)
  const key = await previewKey(clip, segment)
  return asDiskError(
    store.put(storedName('previews', key, 'mp4'), async (temporary) => {
      const frames = framesOf(segment.duration)
      await store.withLocalFile(clip, (picture) =>
        withSource(store, segment.voiceFile, (voice) =>
          runFfmpeg(ffmpeg, previewArgs(picture, voice, frames, temporary), {
            signal: options.signal,
            urgency: options.urgency,
          }),
        ),
      )
    }),
  )
}

/** The preview's current or future path in the store. */
export async function previewPath(
  tools: RenderTools,
  segment: RenderSegment,
  style: ClipStyle,
): Promise<string> {
  const clip = await clipPath(tools, segment, style)
  return storedName('previews', await previewKey(clip, segment), 'mp4')
}

async function previewKey(clip: string, segment: RenderSegment): Promise<string> {
  return hashOf({ preview: PREVIEW_VERSION, clip, voice: await contentName(segment.voiceFile) })
}

function previewArgs(clip: string, voice: string, frames: number, output: string): FfmpegJob {
  const samples = (frames * SAMPLE_RATE) / FPS
  return {
    global: QUIET,
    inputs: [
      { options: ['-f', 'mp4'], source: fileSource(clip) },
      { options: ['-f', 'wav'], source: fileSource(voice) },
    ],
    options: [
      ...['-map', '0:v:0', '-map', '1:a:0', '-c:v', 'copy', '-c:a', 'aac', '-b:a', '96k', '-ac', '1'],
      ...['-filter:a', `apad,atrim=end_sample=${samples}`, '-map_metadata', '-1'],
      ...['-movflags', '+faststart', '-f', 'mp4'],
    ],
    output,
    seconds: frames / FPS,
  }
}
