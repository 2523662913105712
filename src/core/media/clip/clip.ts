import { rm, writeFile } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { UserError } from '../../model/errors.ts'
import { type Format, FPS, framesOf } from '../../model/formats.ts'
import { type Store, storedName } from '../../model/store.ts'
import { assScript } from '../captions/ass.ts'
import { planCaptions } from '../captions/captions.ts'
import { FONT_VERSION } from '../captions/fonts.ts'
import { templateOf } from '../captions/templates.ts'
import { decodeVideo } from '../ffmpeg/decodes.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { type MediaInfo, probeMedia } from '../ffmpeg/probe.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { hashOf } from '../store/hash.ts'
import { contentName, withSource } from '../store/sources.ts'
import type { RenderSegment, RenderTools } from '../types.ts'
import { wavDuration } from '../voice/wav.ts'
import { CLIP_VERSION, clipArgs } from './clip-args.ts'
import { motionOf } from './motion.ts'

/** What shapes all clips of a draft alike. */
export interface ClipStyle {
  format: Format
  template: string
  /** Of what the captions show. */
  language: string
  seed: string
}

export interface ClipOptions extends RunOptions {
  /** Threads for ffmpeg; the clip is the same with any number of them, as far as viewers can tell. */
  threads?: number
}

/**
 * Renders one segment's picture with its captions, without sound, and returns its path in the store. A clip
 * that is there already is not made again. Throws UserError `cancelled`, `disk_full`, `ffmpeg_missing` or `ffmpeg_failed`.
 */
export async function renderClip(
  { ffmpeg, store }: RenderTools,
  segment: RenderSegment,
  style: ClipStyle,
  options: ClipOptions = {},
): Promise<string> {
  const frames = framesOf(segment.duration)
  const script = await captionScript(store, segment, style, frames)
  const key = await clipKey(ffmpeg, segment, style, script)
  return asDiskError(
    store.put(storedName('clips', key, 'mp4'), (temporary) =>
      withSource(store, segment.footageFile, async (footageFile) => {
        const media = await measured(ffmpeg, footageFile, frames / FPS, options.signal)
        if (!media.hasVideo || media.width < 1 || media.height < 1) {
          throw new UserError('ffmpeg_failed', { detail: 'the footage has no picture.' })
        }
        const captionFile = script === null ? null : `${temporary}.ass`
        try {
          if (captionFile !== null && script !== null) await writeFile(captionFile, script)
          const job = clipArgs({
            footageFile,
            media,
            format: style.format,
            frames,
            captionFile,
            motion: motionOf(style.seed, await contentName(segment.footageFile)),
            canToneMap: ffmpeg.canToneMap,
            threads: options.threads ?? 1,
            output: temporary,
          })
          const done = await runFfmpeg(ffmpeg, job, options)
          if (done.frames !== frames) {
            const detail = `the footage has only ${done.frames} of ${frames} frames.`
            throw new UserError('ffmpeg_failed', { detail })
          }
        } finally {
          if (captionFile !== null) await rm(captionFile, { force: true })
        }
      }),
    ),
  )
}

/** A file that does not say how long it is, is decoded as far as it is needed. */
async function measured(
  ffmpeg: Ffmpeg,
  file: string,
  wanted: number,
  signal?: AbortSignal,
): Promise<MediaInfo> {
  const media = await probeMedia(ffmpeg, file, signal)
  if (media.isImage || media.duration !== null || !media.hasVideo) return media
  const decoded = await decodeVideo(ffmpeg, file, media, wanted + 1, signal)
  return { ...media, duration: decoded?.seconds || null }
}

/** The path in the store that the clip has or will have. */
export async function clipPath(
  tools: RenderTools,
  segment: RenderSegment,
  style: ClipStyle,
): Promise<string> {
  const frames = framesOf(segment.duration)
  const footage = await contentName(segment.footageFile)
  const voice = await contentName(segment.voiceFile)
  const { text, words, footageKind } = segment
  const inputs = hashOf([tools.ffmpeg.build, style, frames, footage, footageKind, voice, text, words])
  const names = namesIn(tools.store)
  const known = names.get(inputs)
  if (known !== undefined) return known
  const script = await captionScript(tools.store, segment, style, frames)
  const name = storedName('clips', await clipKey(tools.ffmpeg, segment, style, script), 'mp4')
  names.set(inputs, name)
  return name
}

/** Clips whose names are remembered, some hundred bytes each: every look at a long draft asks for those of all its segments. */
const NAMES = 5000
const rememberedNames = new WeakMap<Store, LRUCache<string, string>>()

/** The names of a store's clips by the hash of what they follow from. Files in the store are named by their content. */
function namesIn(store: Store): LRUCache<string, string> {
  const names = rememberedNames.get(store) ?? new LRUCache<string, string>({ max: NAMES })
  rememberedNames.set(store, names)
  return names
}

/** @param script The captions as they are burned in: all that shapes them is in it, the program that lays them out included. */
async function clipKey(
  { build }: Ffmpeg,
  segment: RenderSegment,
  style: ClipStyle,
  script: string | null,
): Promise<string> {
  const footage = await contentName(segment.footageFile)
  return hashOf({
    version: CLIP_VERSION,
    build,
    font: FONT_VERSION,
    footage,
    motion: segment.footageKind === 'image' ? motionOf(style.seed, footage) : null,
    frames: framesOf(segment.duration),
    captions: script,
    format: style.format,
  })
}

async function captionScript(
  store: Store,
  segment: RenderSegment,
  style: ClipStyle,
  frames: number,
): Promise<string | null> {
  const template = templateOf(style.template)
  const captions = planCaptions({
    text: segment.text,
    language: style.language,
    words: segment.words,
    frames,
    speechEnd: Math.min(await withSource(store, segment.voiceFile, wavDuration), frames / FPS),
    format: style.format,
    template,
  })
  return captions.length === 0 ? null : assScript(captions, style.format, template)
}
