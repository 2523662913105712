import { rm } from 'node:fs/promises'
import { UserError } from '../../model/errors.ts'
import { framesOf, SAMPLE_RATE } from '../../model/formats.ts'
import type { MusicTrack } from '../../model/providers.ts'
import { storedName } from '../../model/store.ts'
import { asDiskError } from '../ffmpeg/disk-error.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { foreignOptions } from '../ffmpeg/foreign.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { hashOf } from '../store/hash.ts'
import { contentName, withSource } from '../store/sources.ts'
import type { RenderTools, Storyboard } from '../types.ts'
import type { LoudnessMeter } from './loudness.ts'
import {
  LIMITER_DELAY,
  leadArgs,
  leadIn,
  type MusicJob,
  measureArgs,
  SOUND_VERSION,
  type SoundJob,
  soundArgs,
} from './sound-args.ts'
import { writeVoiceTrack } from './voice-track.ts'

/** The platforms' loudness for speech (YouTube, Spotify), in LUFS, EBU R128. */
const TARGET_LOUDNESS = -14
/** In In dBTP. The platforms' lossy encodings overshoot, so some headroom is left. */
const HIGHEST_PEAK = -1
/** The first ceiling: the limiter sees samples, and inter-sample peaks and the encoder's own come on top. */
export const FIRST_CEILING = -2.2
/** By how many dB the measured peak may be too low: it is rounded to a tenth, and other meters have finer filters. */
const PEAK_ERROR = 0.15
/**
 * Tighter than the promised ±0.5 LU, because other meters differ slightly. ffmpeg reports tenths: 0.4 is close enough, 0.5
 * isn't.
 */
const TOLERANCE = 0.45
const MOST_ATTEMPTS = 6

/**
 * Makes a film's sound and returns its path in the store (AAC-LC, 48 kHz stereo): the voices at their exact positions, the
 * music ducked under them, at −14 LUFS with a true peak of at most −1 dBTP. Only remade if a voice, a length, the music or
 * its volume has changed.
 */
export async function renderSound(
  tools: RenderTools,
  storyboard: Storyboard,
  track: MusicTrack | null,
  options: RunOptions = {},
): Promise<string> {
  const { ffmpeg, store } = tools
  const key = await soundKey(ffmpeg, storyboard, track)
  return asDiskError(
    store.put(storedName('sounds', key, 'm4a'), async (temporary) => {
      const voiceFile = `${temporary}.voice.wav`
      try {
        const voice = await writeVoiceTrack(
          store,
          storyboard.segments,
          voiceFile,
          LIMITER_DELAY,
          options.signal,
        )
        const first: SoundJob = {
          voiceFile,
          samples: voice.samples,
          voiceGain: voiceGain(voice.meter),
          music: null,
          mixGain: 0,
          ceiling: FIRST_CEILING,
          output: temporary,
        }
        if (track === null) await master(ffmpeg, first, options)
        else
          await withSource(store, track.file, async (file) => {
            const music = await musicJob(ffmpeg, storyboard, { ...track, file }, voice.samples, options)
            await master(ffmpeg, { ...first, music }, options)
          })
      } finally {
        await rm(voiceFile, { force: true })
      }
    }),
  )
}

/** The gain of a film's voices in its mix, in dB. */
export function voiceGain(meter: LoudnessMeter): number {
  return meter.gainFor(TARGET_LOUDNESS, FIRST_CEILING)
}

/** The path that the sound has or will have. */
export async function soundPath(
  { ffmpeg }: RenderTools,
  storyboard: Storyboard,
  track: MusicTrack | null,
): Promise<string> {
  return storedName('sounds', await soundKey(ffmpeg, storyboard, track), 'm4a')
}

async function soundKey({ build }: Ffmpeg, storyboard: Storyboard, track: MusicTrack | null) {
  return hashOf({
    version: SOUND_VERSION,
    build,
    voices: await Promise.all(
      storyboard.segments.map(async ({ voiceFile, duration }) => [
        await contentName(voiceFile),
        framesOf(duration),
      ]),
    ),
    music: track && {
      file: await contentName(track.file),
      volume: storyboard.music.volume,
      loops: track.loops,
    },
  })
}

/**
 * Mixes, encodes and measures the result. The gain is predicted from the voices alone, so the first attempt usually fits;
 * if the music or the limiter shift it more, it is corrected by the measurement.
 */
async function master(ffmpeg: Ffmpeg, first: SoundJob, options: RunOptions): Promise<void> {
  const { signal, urgency, onProgress } = options
  const seconds = first.samples / SAMPLE_RATE
  let job = first
  let before: { gain: number; loudness: number } | null = null
  for (let attempt = 1; ; attempt++) {
    const start = 1 - 0.4 ** (attempt - 1)
    const part = 1 - 0.4 ** attempt - start
    await runFfmpeg(ffmpeg, soundArgs(job), {
      signal,
      urgency,
      onProgress: (done) => onProgress?.(start + part * 0.75 * done),
    })
    const measured = await measure(ffmpeg, job.output, seconds, { signal, urgency })
    onProgress?.(start + part)
    // Silence stays silence.
    if (measured.loudness === null) return
    const off = TARGET_LOUDNESS - measured.loudness
    const over = measured.peak - HIGHEST_PEAK
    if ((Math.abs(off) <= TOLERANCE && over <= 0) || (attempt >= MOST_ATTEMPTS && over <= 0)) return
    if (attempt >= 2 * MOST_ATTEMPTS) {
      throw new UserError('ffmpeg_failed', { detail: `the sound still peaks at ${measured.peak} dBTP.` })
    }
    // The harder the limiter works, the less effect a decibel of gain has; the effect is measured from attempt to attempt.
    const gained = before === null ? 0 : job.mixGain - before.gain
    const effect = before === null || gained === 0 ? 1 : (measured.loudness - before.loudness) / gained
    before = { gain: job.mixGain, loudness: measured.loudness }
    job = {
      ...job,
      mixGain:
        job.mixGain + (Math.abs(off) > TOLERANCE / 2 ? off / Math.min(1.2, Math.max(0.25, effect)) : 0),
      ceiling: over > 0 ? job.ceiling - over - 0.2 : job.ceiling,
    }
  }
}

export async function musicJob(
  ffmpeg: Ffmpeg,
  storyboard: Storyboard,
  track: MusicTrack,
  samples: number,
  { signal, urgency }: RunOptions,
): Promise<MusicJob> {
  const { file, length } = track
  const inputOptions = await foreignOptions(file)
  // Looping tracks have no silence at the start.
  const lead = track.loops
    ? 0
    : leadIn((await runFfmpeg(ffmpeg, leadArgs(file, inputOptions), { signal, urgency })).log)
  const isTooShort = length - lead < samples / SAMPLE_RATE
  return {
    file,
    length,
    lead,
    inputOptions,
    volume: storyboard.music.volume / 100,
    fadeEvery: isTooShort && !track.loops ? length : null,
  }
}

interface Loudness {
  /** Integrated, in LUFS; null below the EBU R128 gate (−70). */
  loudness: number | null
  /** dBTP. */
  peak: number
}

/** Measures a file's sound by EBU R128. @throws UserError `ffmpeg_failed` if ffmpeg reports nothing. */
async function measure(
  ffmpeg: Ffmpeg,
  file: string,
  seconds: number,
  options: RunOptions = {},
): Promise<Loudness> {
  const { log } = await runFfmpeg(ffmpeg, measureArgs(file, seconds), options)
  const summary = log.slice(log.lastIndexOf('Summary:'))
  const loudness = Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1])
  const peak = Number(/max_volume: (-?[\d.]+) dB/.exec(log)?.[1])
  if (Number.isNaN(loudness) || Number.isNaN(peak)) {
    throw new UserError('ffmpeg_failed', { detail: 'the loudness of the sound could not be measured.' })
  }
  return { loudness: loudness > -70 ? loudness : null, peak: peak + PEAK_ERROR }
}
