import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { renderVideo } from '../../../../src/core/media/film/render-video.ts'
import { makeVoiceFile } from '../../../../src/core/media/voice/voice-file.ts'
import { FORMATS, framesOf, SAMPLES_PER_FRAME } from '../../../../src/core/model/formats.ts'
import { createEspeakVoice } from '../../../../src/core/providers/embedded/espeak/espeak.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  colourVideo,
  decodeSound,
  ffprobeJson,
  loudnessOf,
  openWorkshop,
  segment,
  storyboard,
  type Workshop,
} from '../material.ts'

const BUILDS = await builds()
const never = new AbortController().signal
const espeak = createEspeakVoice()
afterAll(() => espeak.close())

/** One film per language, as short as possible; render-video.test.ts covers the third format. */
const FILMS = [
  { language: 'en', format: 'landscape', texts: ['Goats ran.', 'They did.'] },
  { language: 'ko', format: 'shorts', texts: ['염소예요.', '그래요.'] },
] as const

describe.each(BUILDS)('a film in real voices with the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
  })
  afterAll(() => shop.close())

  it.each(FILMS)('$language, $format', async ({ language, format, texts }) => {
    const footageFile = await colourVideo(shop.file(`${language}.mp4`), 'navy', 0.2)
    const segments = await Promise.all(
      texts.map(async (text) => {
        const request = { text, language, voice: null, speed: 2 }
        const voice = await makeVoiceFile({ ...shop, provider: espeak, request, signal: never })
        const { duration, words } = voice
        return segment({ text, words, duration, voiceFile: voice.path, footageFile })
      }),
    )
    const film = shop.file(`${language} film.mp4`)
    await renderVideo(shop, storyboard(segments, { format, language }), null, film, { signal: never })

    const frames = segments.reduce((sum, { duration }) => sum + framesOf(duration), 0)
    const media = await probeMedia(ffmpeg, film)
    const { width, height } = FORMATS[format]
    expect(media).toMatchObject({ frames, width, height, videoCodec: 'h264', audioCodec: 'aac' })
    expect(Math.abs((media.audioDuration ?? 0) - frames / 30)).toBeLessThan(1 / 30)
    const profile = await ffprobeJson(ffmpeg, film, '-select_streams', 'a', '-show_entries', 'stream=profile')
    expect(profile.trim()).toBe('LC')
    const { loudness, peak } = await loudnessOf(ffmpeg, film)
    expect(Math.abs(loudness + 14)).toBeLessThanOrEqual(0.5)
    expect(peak).toBeLessThanOrEqual(-1)

    const sound = await decodeSound(film)
    let start = 0
    for (const { voiceFile, duration } of segments) {
      const found = placeOf(await samplesOf(onDisk(shop.store, voiceFile)), sound, start)
      expect(Math.abs(found - start)).toBeLessThan(240)
      start += framesOf(duration) * SAMPLES_PER_FRAME
    }
  })
})

async function samplesOf(wav: string): Promise<Int16Array> {
  const bytes = await readFile(wav)
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length))
}

/** The sample at which the voice begins in the film, searched for within 50 ms of a position. */
function placeOf(voice: Int16Array, sound: Float32Array, around: number): number {
  const length = Math.min(voice.length, 24_000)
  let best = Number.NEGATIVE_INFINITY
  let place = Number.NaN
  for (let shift = -Math.min(2400, around); shift <= 2400; shift += 4) {
    let sum = 0
    for (let at = 0; at < length; at += 3) sum += (voice[at] ?? 0) * (sound[around + shift + at] ?? 0)
    if (sum > best) {
      best = sum
      place = around + shift
    }
  }
  return place
}
