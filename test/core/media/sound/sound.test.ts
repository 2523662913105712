import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { LoudnessMeter } from '../../../../src/core/media/sound/loudness.ts'
import { renderSound } from '../../../../src/core/media/sound/sound.ts'
import type { MusicTrack } from '../../../../src/core/model/providers.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  decodeSound,
  ffprobeJson,
  loudnessOf,
  make,
  murmur,
  openWorkshop,
  segment,
  storyboard,
  voiceFile,
  type Workshop,
} from '../material.ts'

const BUILDS = await builds()
/** Results are inspected with the build that starts fastest, whichever build made them. */
const meter = BUILDS[0]?.[1] ?? expect.fail()

function track(file: string, length: number, loops = true): MusicTrack {
  return { provider: 'test', id: file, file, title: null, author: null, loops, length }
}

describe.each(BUILDS)('renderSound with the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let music: string
  let faint: string
  let loud: string

  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    music = shop.file('music.wav')
    faint = shop.file('faint.mp3')
    loud = shop.file('loud.wav')
    await make(['-f', 'lavfi', '-i', 'anoisesrc=d=2:c=pink:r=44100:a=0.4:seed=1', '-ac', '2', music])
    await make(['-f', 'lavfi', '-i', 'sine=f=1000:d=2,volume=-40dB', '-ac', '2', faint])
    await make([
      '-f',
      'lavfi',
      '-i',
      'anoisesrc=d=2.5:c=white:r=48000:a=1:seed=2,volume=6dB',
      '-ac',
      '2',
      loud,
    ])
  })
  afterAll(() => shop.close())

  async function soundOf(levels: (number | 'click')[], tune: MusicTrack | null, volume = 20) {
    const segments = await Promise.all(
      levels.map(async (level, index) => ({
        ...segment({
          voiceFile: await voiceFile(
            shop.file(`voice-${level}-${index}.wav`),
            40,
            level === 'click' ? click : murmur(level),
          ),
          footageFile: '',
          duration: 45 / 30,
        }),
      })),
    )
    const board = storyboard(segments, { music: { enabled: tune !== null, mood: 'calm', volume } })
    const file = onDisk(shop.store, await renderSound(shop, board, tune))
    return { file, board, seconds: (levels.length * 45) / 30, ...(await loudnessOf(meter, file)) }
  }

  it.each([
    ['an ordinary voice without music', [0.5, 0.5, 0.5], null, 0],
    ['a whisper', [0.004], null, 0],
    ['a voice at full scale', [1, 1], null, 0],
    ['a voice over music', [0.5, 0.5], 'music', 25],
    ['music at full volume', [0.1, 0.1], 'loud', 100],
    ['nearly silent music', [0.5], 'faint', 5],
    ['music alone', [0, 0], 'music', 50],
    ['only nearly silent music', [0, 0], 'faint', 100],
  ] as const)('reaches −14 LUFS below −1 dBTP: %s', async (_what, levels, tune, volume) => {
    const tunes = { music: track(music, 2, false), loud: track(loud, 2.5), faint: track(faint, 2) }
    const made = await soundOf([...levels], tune && tunes[tune], volume)
    expect(Math.abs(made.loudness + 14)).toBeLessThanOrEqual(0.5)
    expect(made.peak).toBeLessThanOrEqual(-1)
    const media = await probeMedia(meter, made.file)
    expect(media).toMatchObject({ audioCodec: 'aac', sampleRate: 48_000, channels: 2 })
    expect((await ffprobeJson(meter, made.file, '-show_entries', 'stream=profile')).trim()).toBe('LC')
    expect(Math.abs((media.audioDuration ?? 0) - made.seconds)).toBeLessThan(1 / 30)
  })

  it('keeps the peak where the loudness cannot be reached', async () => {
    const made = await soundOf(['click'], null)
    expect(made.loudness).toBeLessThan(-15)
    expect(made.peak).toBeLessThanOrEqual(-1)
  })

  it('leaves silence silent', async () => {
    const made = await soundOf([0], null)
    expect(made.loudness).toBe(-70)
  })

  it('ducks the music under the voice', async () => {
    // The voice speaks only in the first half. The music's high notes can be measured separately from it.
    const hiss = shop.file('hiss.wav')
    await make(['-f', 'lavfi', '-i', 'sine=f=8000:d=6:r=48000', '-ac', '2', hiss])
    const voice = await voiceFile(shop.file('half.wav'), 150, (index) =>
      index < 60 * 1600 ? 0.4 * Math.sin((2 * Math.PI * 200 * index) / 48_000) : 0,
    )
    const board = storyboard([segment({ voiceFile: voice, footageFile: '', duration: 5 })], {
      music: { enabled: true, mood: 'calm', volume: 30 },
    })
    const sound = await decodeSound(onDisk(shop.store, await renderSound(shop, board, track(hiss, 6))))
    const during = toneLevel(sound, 8000, 48_000, 48_000)
    const after = toneLevel(sound, 8000, 3 * 48_000, 48_000)
    expect(during).toBeLessThan(after * 0.6)
    expect(during).toBeGreaterThan(0)
  })

  it('begins music with the picture and ends it with it, and repeats short music with a fade at every seam', async () => {
    const tone = async (seconds: number) => {
      const file = shop.file(`tone-${seconds}.wav`)
      await make(['-f', 'lavfi', '-i', `sine=f=1000:d=${seconds}:r=48000`, '-ac', '2', file])
      return file
    }
    const silent = await voiceFile(shop.file('nobody.wav'), 240, () => 0)
    const board = storyboard([segment({ voiceFile: silent, footageFile: '', duration: 8 })], {
      music: { enabled: true, mood: 'calm', volume: 50 },
    })
    const levels = async (seconds: number) => {
      const made = await renderSound(shop, board, track(await tone(seconds), seconds, false))
      const sound = await decodeSound(onDisk(shop.store, made))
      const at = (second: number) => toneLevel(sound, 1000, Math.round(second * 48_000), 2400)
      return { at, full: at(2) }
    }
    const long = await levels(10)
    expect(long.at(7.94)).toBeLessThan(long.full * 0.25)
    for (const loudly of [0.05, 1, 2.5, 4, 5.5, 6.9]) expect(long.at(loudly) / long.full).toBeCloseTo(1, 1)
    expect(long.at(7.5)).toBeLessThan(long.full * 0.75)

    const short = await levels(3)
    for (const seam of [2.94, 5.94]) expect(short.at(seam)).toBeLessThan(short.full * 0.25)
    for (const after of [3.5, 4.5, 5]) expect(short.at(after)).toBeGreaterThan(short.full * 0.75)
  })

  it('leaves out the silence with which a recording begins', async () => {
    const late = shop.file('late.wav')
    await make([
      '-f',
      'lavfi',
      '-i',
      "aevalsrc='gte(t,1.5)*0.2*sin(2*PI*1000*t)':d=6:s=48000",
      '-ac',
      '2',
      late,
    ])
    const silent = await voiceFile(shop.file('silent.wav'), 120, () => 0)
    const board = storyboard([segment({ voiceFile: silent, footageFile: '', duration: 4 })])
    const sound = await decodeSound(onDisk(shop.store, await renderSound(shop, board, track(late, 6, false))))
    const at = (second: number) => toneLevel(sound, 1000, Math.round(second * 48_000), 2400)
    expect(at(0.05) / at(2.5)).toBeCloseTo(1, 1)
    expect(at(3.94)).toBeLessThan(at(2.5) * 0.25)
  })

  it('is made again only when something that is heard has changed', async () => {
    const { board } = await soundOf([0.5, 0.5], null)
    const first = await renderSound(shop, board, null)
    const withOtherText = storyboard(
      board.segments.map((part) => ({ ...part, text: 'other' })),
      { template: 'news' },
    )
    expect(await renderSound(shop, withOtherText, null)).toBe(first)
    const longer = storyboard(board.segments.map((part) => ({ ...part, duration: 2 })))
    expect(await renderSound(shop, longer, null)).not.toBe(first)
    expect(await renderSound(shop, board, track(music, 2))).not.toBe(first)
  })
})

describe('LoudnessMeter', () => {
  it('agrees with the reference of EBU Tech 3341: a stereo sine of 1 kHz at −23 dBFS is −23 LUFS', () => {
    const meter = new LoudnessMeter()
    const amplitude = 10 ** (-23 / 20) * 32767
    const samples = Int16Array.from({ length: 48_000 * 5 }, (_, index) =>
      Math.round(amplitude * Math.sin((2 * Math.PI * 1000 * index) / 48_000)),
    )
    for (let at = 0; at < samples.length; at += 5000) meter.add(samples.subarray(at, at + 5000))
    expect(meter.integrated()).toBeCloseTo(-23, 1)
  })

  it('hears nothing in silence', () => {
    const meter = new LoudnessMeter()
    meter.add(new Int16Array(96_000))
    expect(meter.integrated()).toBeNull()
  })
})

/** Very little energy, all at once: the limiter has to work hardest. */
function click(index: number): number {
  const at = index % 24_000
  return at < 400 ? 0.4 * Math.sin(at / 8) * (1 - at / 400) : 0
}

/** Amplitude of a frequency (Goertzel). */
function toneLevel(sound: Float32Array, frequency: number, start: number, length: number): number {
  let [re, im] = [0, 0]
  for (let index = 0; index < length; index++) {
    const angle = (2 * Math.PI * frequency * index) / 48_000
    re += (sound[start + index] ?? 0) * Math.cos(angle)
    im += (sound[start + index] ?? 0) * Math.sin(angle)
  }
  return (2 * Math.hypot(re, im)) / length
}
