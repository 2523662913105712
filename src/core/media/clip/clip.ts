import { rm, writeFile } from 'node:fs/promises'
import { UserError } from '../../model/errors.ts'
import { type Format, FPS, framesOf } from '../../model/formats.ts'
import { type Store, storedName } from '../../model/store.ts'
import { assScript } from '../captions/ass.ts'
import { logoPlace } from '../captions/end-card.ts'
import { FONT_VERSION } from '../captions/fonts.ts'
import { segmentCaptions, spokenFrames } from '../captions/segment-captions.ts'
import { templateOf } from '../captions/templates.ts'
import { decodeVideo } from '../ffmpeg/decodes.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { knownMedia } from '../ffmpeg/known-media.ts'
import type { MediaInfo } from '../ffmpeg/probe.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { hashOf } from '../store/hash.ts'
import { contentName, withSource } from '../store/sources.ts'
import type { Beginning, RenderSegment, RenderTools } from '../types.ts'
import { CLIP_VERSION, type ClipJob, clipArgs } from './clip-args.ts'
import { framings, type Shot } from './framing.ts'
import { eventsOver } from './over-picture.ts'
import { enlargement, type Footage } from './picture-graph.ts'
import { planShots } from './shots.ts'

/** Settings that apply to all clips of a draft. */
export interface ClipStyle {
  format: Format
  template: string
  /** The captions' language. */
  language: string
  seed: string
  /** True for the picture alone: no text over it, and no film ending. */
  isBare?: boolean | undefined
}

export interface ClipOptions extends RunOptions {
  /** Threads for ffmpeg; their number makes no visible difference to the clip. */
  threads?: number
}

/**
 * Renders one segment's picture with its captions, without sound. An existing clip is reused.
 * @returns its path in the store.
 * @throws UserError `cancelled`, `disk_full`, `ffmpeg_missing` or `ffmpeg_failed`.
 */
export async function renderClip(
  { ffmpeg, store }: RenderTools,
  segment: RenderSegment,
  style: ClipStyle,
  options: ClipOptions = {},
): Promise<string> {
  const frames = framesOf(segment.duration)
  const plan = await planClip(store, segment, style, frames)
  const key = await clipKey(ffmpeg, segment, style, plan)
  return asDiskError(
    store.put(storedName('clips', key, 'mp4'), (temporary) =>
      withFootage(store, segment, async (...files) => {
        const captionFile = `${temporary}.ass`
        try {
          const request = { ffmpeg, store, segment, style, plan, files, captionFile }
          const made = await clipJob(request, options.signal)
          const job = clipArgs({ ...made, threads: options.threads ?? 1, output: temporary })
          const done = await runFfmpeg(ffmpeg, job, options)
          if (done.frames !== frames) {
            const detail = `the footage has only ${done.frames} of ${frames} frames.`
            throw new UserError('ffmpeg_failed', { detail })
          }
        } finally {
          await rm(captionFile, { force: true })
        }
      }),
    ),
  )
}

interface ClipRequest extends RenderTools {
  segment: RenderSegment
  style: ClipStyle
  plan: ClipPlan
  /** The footage, and the file the clip ends with. */
  files: [footage: string, last: string]
  /** The path to write the captions to, if there are any. */
  captionFile: string
}

/** Probes the footage, writes the captions, and returns the ffmpeg job for them. */
export async function clipJob(
  { segment, style, plan, files, captionFile, ...tools }: ClipRequest,
  signal?: AbortSignal,
): Promise<Omit<ClipJob, 'threads' | 'output'>> {
  const frames = framesOf(segment.duration)
  const [footageFile, lastFile] = files
  const { ending, endCard } = lastPicture(segment, style)
  const lent = { source: segment.footageFile, file: footageFile }
  const footage = await footageOf(tools, lent, frames / FPS, style, signal)
  if (plan.captions !== null) await writeFile(captionFile, plan.captions)
  return {
    ...footage,
    footageFile,
    frames,
    captionFile: plan.captions === null ? null : captionFile,
    shots: await shotsOf(footage, segment, style, plan.starts, frames),
    ending: ending ? await endingOf(tools, ending, lastFile, style, signal) : null,
    logo: endCard?.logoFile ? { file: lastFile, ...logoPlace(endCard, style.format) } : null,
  }
}

/** The film ending or end card that follows a clip's footage. */
function lastPicture(
  { ending, endCard }: RenderSegment,
  { isBare = false }: ClipStyle,
): Pick<RenderSegment, 'ending' | 'endCard'> {
  return isBare ? {} : { ending, endCard }
}

/**
 * Lends a segment's footage and the file its clip ends with: the footage of the film's beginning, or a logo (otherwise the
 * same file).
 */
function withFootage<T>(
  store: Store,
  { footageFile, ending, endCard }: RenderSegment,
  work: (footage: string, last: string) => Promise<T>,
): Promise<T> {
  const last = ending?.footageFile ?? endCard?.logoFile ?? null
  return withSource(store, footageFile, (footage) =>
    last === null ? work(footage, footage) : withSource(store, last, (file) => work(footage, file)),
  )
}

/** Footage by its name, and its current location. */
interface Lent {
  source: string
  file: string
}

/** @throws UserError `ffmpeg_failed` if it has no picture. */
async function footageOf(
  tools: RenderTools,
  lent: Lent,
  seconds: number,
  { format }: ClipStyle,
  signal?: AbortSignal,
): Promise<Footage> {
  const media = await measured(tools, lent, seconds, signal)
  if (!media.hasVideo || media.width < 1 || media.height < 1) {
    throw new UserError('ffmpeg_failed', { detail: 'the footage has no picture.' })
  }
  return { media, format, canToneMap: tools.ffmpeg.canToneMap }
}

async function shotsOf(
  { media, format }: Footage,
  segment: Looked,
  style: ClipStyle,
  starts: number[],
  frames: number,
): Promise<Shot[]> {
  return framings({
    starts,
    frames,
    kind: media.isImage ? 'image' : 'video',
    seed: await framingSeed(segment, style),
    enlarged: enlargement(media, format),
    ...viewed(segment, style),
  })
}

async function endingOf(
  tools: RenderTools,
  ending: Beginning,
  footageFile: string,
  style: ClipStyle,
  signal?: AbortSignal,
) {
  const lent = { source: ending.footageFile, file: footageFile }
  const footage = await footageOf(tools, lent, 1 / FPS, style, signal)
  const [first] = await shotsOf(footage, { ...ending, isOpening: true }, style, [0], FPS)
  if (!first) throw new Error('a film begins with a shot')
  return { ...footage, footageFile, beginning: first.from }
}

/** Probes footage; a file that doesn't state its length is decoded as far as needed. */
async function measured(
  tools: RenderTools,
  { source, file }: Lent,
  wanted: number,
  signal?: AbortSignal,
): Promise<MediaInfo> {
  const media = await knownMedia(tools, source, file, signal)
  if (media.isImage || media.duration !== null || !media.hasVideo) return media
  const decoded = await decodeVideo(tools.ffmpeg, file, media, wanted + 1, signal)
  return { ...media, duration: decoded?.seconds || null }
}

/** The clip's current or future path in the store. */
export async function clipPath(
  tools: RenderTools,
  segment: RenderSegment,
  style: ClipStyle,
): Promise<string> {
  const frames = framesOf(segment.duration)
  const footage = await contentName(segment.footageFile)
  const voice = await contentName(segment.voiceFile)
  const { text, words, footageKind } = segment
  const { overlay, endCard } = segment
  const shown = [footageKind, viewed(segment, style), overlay, endCard, await endingKey(segment, style)]
  const inputs = hashOf([tools.ffmpeg.build, style, frames, footage, shown, voice, text, words])
  return tools.store.derived(`clip ${inputs}`, async () => {
    const plan = await planClip(tools.store, segment, style, frames)
    return storedName('clips', await clipKey(tools.ffmpeg, segment, style, plan), 'mp4')
  })
}

interface ClipPlan {
  /** The ASS script to burn in. It contains everything drawn over the footage, so a change in the layout code changes it too. */
  captions: string | null
  /** The first frames of the shots. */
  starts: number[]
}

async function clipKey(
  { build }: Ffmpeg,
  segment: RenderSegment,
  style: ClipStyle,
  plan: ClipPlan,
): Promise<string> {
  return hashOf({
    version: CLIP_VERSION,
    build,
    font: FONT_VERSION,
    footage: await contentName(segment.footageFile),
    frames: framesOf(segment.duration),
    framing: [segment.footageKind, await framingSeed(segment, style), viewed(segment, style)],
    ending: await endingKey(segment, style),
    format: style.format,
    ...plan,
  })
}

async function endingKey(segment: RenderSegment, style: ClipStyle) {
  const { ending, endCard } = lastPicture(segment, style)
  if (endCard) return endCard.logoFile === null ? 'card' : [await contentName(endCard.logoFile)]
  if (!ending) return null
  const { footageFile, footageKind, keepsWhole } = ending
  return [await contentName(footageFile), footageKind, keepsWhole, await framingSeed(ending, style)]
}

/** The fields that determine how footage is framed. */
type Looked = Pick<RenderSegment, 'footageFile' | 'footageKind' | 'isOpening' | 'keepsWhole' | 'overlay'>

function viewed({ isOpening = false, keepsWhole = false, overlay }: Looked, { template }: ClipStyle) {
  const close = templateOf(template).pace.close
  return { isOpening, keepsWhole, close, ...(overlay?.near ? { isBehind: true } : {}) }
}

/** A still moves differently in each draft; video footage gives the same clip in all of them. */
async function framingSeed({ footageFile, footageKind }: Looked, { seed }: ClipStyle): Promise<string> {
  const footage = await contentName(footageFile)
  return footageKind === 'image' ? `${seed}\0${footage}` : footage
}

/** Plans everything about a clip that doesn't depend on the content of its footage. */
export async function planClip(
  store: Store,
  segment: RenderSegment,
  style: ClipStyle,
  frames: number,
): Promise<ClipPlan> {
  const { format } = style
  const { text, words, breaks } = segment
  const template = templateOf(style.template)
  const { captions, speechEnd } = await segmentCaptions(store, segment, style)
  const spoken = spokenFrames(segment)
  const longest = template.pace.longestShot[format]
  const starts = planShots({ text, words, breaks: breaks?.() ?? [], frames: spoken, speechEnd, longest })
  const shots = starts.map((from, index) => ({ from, to: starts[index + 1] ?? spoken }))
  const events = eventsOver(segment, style, { captions, shots, frames })
  const shown = style.isBare ? [] : captions
  return {
    captions: shown.length + events.length === 0 ? null : assScript(shown, format, template, events),
    starts,
  }
}
