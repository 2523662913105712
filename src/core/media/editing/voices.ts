import { rm } from 'node:fs/promises'
import { SAMPLE_RATE } from '../../model/formats.ts'
import { fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { type RunOptions, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'
import { FIRST_CEILING, voiceGain } from '../sound/sound.ts'
import { LIMITER_DELAY, loudFilters } from '../sound/sound-args.ts'
import { writeVoiceTrack } from '../sound/voice-track.ts'
import type { RenderTools, Storyboard } from '../types.ts'

/**
 * Provides a file with all voices of a film, each at its position and at the film's volume before mixing with music: mono
 * 16-bit samples at 48 kHz, without a header.
 */
export async function withVoices<T>(
  { ffmpeg, store }: RenderTools,
  { segments }: Storyboard,
  { signal, urgency }: RunOptions,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const plain = await store.temporary('wav')
  const output = await store.temporary('pcm')
  try {
    const { samples, meter } = await writeVoiceTrack(store, segments, plain, LIMITER_DELAY, signal)
    const filters = loudFilters(voiceGain(meter), FIRST_CEILING).join(',')
    const job = {
      global: [...QUIET, '-filter_complex_threads', '1'],
      inputs: [{ options: ['-f', 'wav'], source: fileSource(plain) }],
      options: [
        ...['-filter_complex', `[0:a]${filters}[out]`, '-map', '[out]', '-vn'],
        ...['-c:a', 'pcm_s16le', '-ar', String(SAMPLE_RATE), '-ac', '1', '-f', 's16le'],
      ],
      output,
      seconds: samples / SAMPLE_RATE,
    }
    await runFfmpeg(ffmpeg, job, { signal, urgency })
    return await work(output)
  } finally {
    await rm(plain, { force: true })
    await rm(output, { force: true })
  }
}
