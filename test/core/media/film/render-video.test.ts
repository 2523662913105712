import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clipPath, renderClip } from '../../../../src/core/media/clip/clip.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { renderVideo } from '../../../../src/core/media/film/render-video.ts'
import type { Storyboard } from '../../../../src/core/media/types.ts'
import { SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../../../src/core/model/formats.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  colourVideo,
  decodeFrames,
  decodeSound,
  ffprobeJson,
  loudnessOf,
  openWorkshop,
  segment,
  storyboard,
  voiceFile,
  type Workshop,
} from '../material.ts'

const BUILDS = await builds()
/** Lengths in frames without a common divisor, down to a single frame. */
const LENGTHS = [7, 11, 1, 5, 13, 2, 8]
const TOTAL = LENGTHS.reduce((sum, length) => sum + length, 0)
const COLOURS = ['red', 'lime', 'blue', 'yellow', 'magenta', 'cyan', 'white']
/** The sample of each voice at which the chirp begins. */
const ONSET = 480
const CHIRP = 1000
const forever = () => new AbortController().signal

describe.each(BUILDS)('renderVideo with the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let board: Storyboard
  let film: string
  const reported: number[] = []

  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    board = await boardOf(shop, LENGTHS)
    film = shop.file('the film.mp4')
    const report = await renderVideo(shop, board, null, film, {
      signal: forever(),
      onProgress: (fraction) => reported.push(fraction),
    })
    expect(report).toMatchObject({ clipsEncoded: 7, clipsReused: 0, soundReused: false })
  })
  afterAll(() => shop.close())

  it('has every frame in its place, at every cut', async () => {
    const frames = await decodeFrames(film, 'crop=200:200:440:100,scale=1:1', 1)
    const expected = LENGTHS.flatMap((length, index) => Array<string>(length).fill(COLOURS[index] ?? ''))
    expect(frames.map(nearestColour)).toEqual(expected)
  })

  it('shows frame k at exactly k/30 s', async () => {
    const listed = await ffprobeJson(ffmpeg, film, '-select_streams', 'v', '-show_entries', 'packet=pts_time')
    const times = listed
      .trim()
      .split('\n')
      .map(Number)
      .sort((a, b) => a - b)
    expect(times).toHaveLength(TOTAL)
    for (const [frame, time] of times.entries()) expect(Math.abs(time - frame / 30)).toBeLessThan(1e-5)
  })

  it('starts every voice within 5 ms of its cut', async () => {
    const sound = await decodeSound(film)
    let start = 0
    for (const length of LENGTHS) {
      // A clip of one or two frames is shorter than the chirp.
      if (length > 2) {
        const found = bestMatch(sound, start + ONSET, 1200)
        expect(Math.abs(found - start - ONSET) / SAMPLE_RATE).toBeLessThan(0.005)
      }
      start += length * SAMPLES_PER_FRAME
    }
  })

  it('is as long as its segments, in picture and sound, and has the promised streams', async () => {
    const media = await probeMedia(ffmpeg, film)
    const seconds = TOTAL / 30
    expect(Math.abs((media.duration ?? 0) - seconds)).toBeLessThan(1 / 30)
    expect(Math.abs((media.audioDuration ?? 0) - seconds)).toBeLessThan(1 / 30)
    expect(media).toMatchObject({
      videoCodec: 'h264',
      profile: 'High',
      pixelFormat: 'yuv420p',
      colorSpace: 'bt709',
      colorPrimaries: 'bt709',
      colorTransfer: 'bt709',
      colorRange: 'tv',
      audioCodec: 'aac',
      sampleRate: 48_000,
      channels: 2,
      width: 1080,
      height: 1080,
    })
    const { loudness, peak } = await loudnessOf(ffmpeg, film)
    expect(Math.abs(loudness + 14)).toBeLessThanOrEqual(0.5)
    expect(peak).toBeLessThanOrEqual(-1)
  })

  it('can be played before it is loaded whole', async () => {
    const bytes = await readFile(film)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  })

  it('reports progress that only grows, to the end', () => {
    expect(reported.length).toBeGreaterThan(5)
    expect(reported).toEqual(reported.toSorted((a, b) => a - b))
    expect(reported.at(-1)).toBe(1)
  })

  it('joins clips with the same headers, whatever the number of threads', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async (threads) => {
        const file = onDisk(
          shop.store,
          await renderClip(
            shop,
            {
              ...segment({
                ...board.segments[0],
                voiceFile: shop.file('v0.wav'),
                footageFile: shop.file('c0.mp4'),
              }),
              text: `Header ${threads}`,
            },
            board,
            { threads },
          ),
        )
        const bytes = await readFile(file)
        const at = bytes.indexOf('avcC')
        return bytes.subarray(at, at + bytes.readUInt32BE(at - 4) - 4)
      }),
    )
    expect(one).toEqual(two)
  })

  it('makes no film of a clip that breaks off, and says what is wrong with it', async () => {
    const part = board.segments[1]
    if (!part) throw new Error('no segment')
    const clip = onDisk(shop.store, await clipPath(shop, part, board))
    const whole = await readFile(clip)
    await writeFile(clip, whole.subarray(0, Math.floor(whole.length * 0.6)))
    const output = shop.file('broken/film.mp4')
    await expect(renderVideo(shop, board, null, output, { signal: forever() })).rejects.toMatchObject({
      code: 'ffmpeg_failed',
      params: { detail: expect.stringMatching(`^the video has \\d+ frames instead of ${TOTAL}\\.$`) },
    })
    expect(await readdir(shop.file('broken'))).toEqual([])
    await writeFile(clip, whole)
  })
})

/** What is and isn't made a second time. */
describe.each(BUILDS)('a film that is rendered again with the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let board: Storyboard
  let film: string

  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    board = await boardOf(shop, [6, 4, 7, 9])
    film = shop.file('the film.mp4')
    const report = await renderVideo(shop, board, null, film, { signal: forever() })
    expect(report).toMatchObject({ clipsEncoded: 4, clipsReused: 0, soundReused: false })
  })
  afterAll(() => shop.close())

  it('encodes one clip after one edit, and nothing after none', async () => {
    const edited = {
      ...board,
      segments: board.segments.map((part, index) =>
        index === 2 ? { ...part, text: 'Another text.' } : part,
      ),
    }
    const second = await renderVideo(shop, edited, null, shop.file('second.mp4'), { signal: forever() })
    expect(second).toMatchObject({ clipsEncoded: 1, clipsReused: 3, soundReused: true })
    const third = await renderVideo(shop, edited, null, shop.file('second.mp4'), { signal: forever() })
    expect(third).toMatchObject({ clipsEncoded: 0, clipsReused: 4, soundReused: true })
  })

  it('renders a segment that comes twice once, and takes a clip made with any number of threads', async () => {
    const [, part] = board.segments
    if (!part) throw new Error('no segment')
    const fresh = { ...part, text: 'Twice.' }
    const threads = await renderClip(shop, { ...part, text: 'Threads.' }, board, { threads: 2 })
    expect(await renderClip(shop, { ...part, text: 'Threads.' }, board, { threads: 1 })).toBe(threads)
    const twice = storyboard([fresh, fresh, { ...part, text: 'Threads.' }])
    const report = await renderVideo(shop, twice, null, shop.file('twice.mp4'), { signal: forever() })
    expect(report).toMatchObject({ clipsEncoded: 1, clipsReused: 1 })
    expect(await probeMedia(ffmpeg, shop.file('twice.mp4'))).toMatchObject({ frames: 12 })
  })

  it('stops at once when cancelled, leaves nothing behind, and continues later', async () => {
    const changed = {
      ...board,
      segments: board.segments.map((part) => ({ ...part, text: `${part.text} Neu.` })),
    }
    const stop = new AbortController()
    const output = shop.file('cancelled/film.mp4')
    const rendering = renderVideo(shop, changed, null, output, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    await expect(rendering).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(onDisk(shop.store, 'tmp'))).toEqual([])
    expect(await readdir(shop.file('cancelled')).catch(() => [])).toEqual([])
    const finished = await renderVideo(shop, changed, null, output, { signal: forever() })
    expect(finished.clipsEncoded).toBeGreaterThan(0)
    expect(await readdir(shop.file('cancelled'))).toEqual(['film.mp4'])
  })

  it('makes a clip again that was removed', async () => {
    const [part] = board.segments
    if (!part) throw new Error('no segment')
    await rm(onDisk(shop.store, await clipPath(shop, part, board)))
    const report = await renderVideo(shop, board, null, film, { signal: forever() })
    expect(report).toMatchObject({ clipsEncoded: 1, clipsReused: 3, soundReused: true })
  })
})

/** One segment per length in frames, each with its own colour. */
async function boardOf(shop: Workshop, lengths: readonly number[]): Promise<Storyboard> {
  const segments = await Promise.all(
    lengths.map(async (frames, index) =>
      segment({
        text: index % 2 === 0 ? 'Ein kurzer Text.' : '안녕하세요, 여러분.',
        voiceFile: await voiceFile(shop.file(`v${index}.wav`), frames, voiceSample),
        footageFile: await colourVideo(shop.file(`c${index}.mp4`), COLOURS[index] ?? 'red', 0.2),
        duration: frames / 30,
      }),
    ),
  )
  return storyboard(segments)
}

/** A hum after the chirp, as loud as a voice. */
function voiceSample(at: number): number {
  return (
    0.5 * chirp(at - ONSET) +
    (at > ONSET + 2 * CHIRP ? 0.15 * Math.sin((2 * Math.PI * 300 * at) / SAMPLE_RATE) : 0)
  )
}

/** A sound that matches itself at exactly one offset. */
function chirp(at: number): number {
  if (at < 0 || at >= CHIRP) return 0
  const t = at / SAMPLE_RATE
  return Math.sin(2 * Math.PI * (500 * t + 80_000 * t * t)) * Math.sin((Math.PI * at) / CHIRP) ** 2
}

function bestMatch(sound: Float32Array, around: number, reach: number): number {
  let best = 0
  let place = 0
  for (let shift = -Math.min(reach, around); shift <= reach; shift++) {
    let sum = 0
    for (let at = 0; at < CHIRP; at += 2) sum += (sound[around + shift + at] ?? 0) * chirp(at)
    if (sum > best) {
      best = sum
      place = around + shift
    }
  }
  return place
}

const RGB: Record<string, [number, number, number]> = {
  red: [255, 0, 0],
  lime: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  magenta: [255, 0, 255],
  cyan: [0, 255, 255],
  white: [255, 255, 255],
}

function nearestColour(frame: Buffer): string {
  const distance = ([r, g, b]: [number, number, number]) =>
    Math.hypot((frame[0] ?? 0) - r, (frame[1] ?? 0) - g, (frame[2] ?? 0) - b)
  return Object.entries(RGB).toSorted((a, b) => distance(a[1]) - distance(b[1]))[0]?.[0] ?? ''
}
