import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { renderClip } from '../../../../src/core/media/clip/clip.ts'
import { makeBundle, timelineOf } from '../../../../src/core/media/editing/bundle.ts'
import { fcpxmlOf } from '../../../../src/core/media/editing/fcpxml.ts'
import { otioOf } from '../../../../src/core/media/editing/otio.ts'
import { writeZip } from '../../../../src/core/media/editing/zip.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { renderSound } from '../../../../src/core/media/sound/sound.ts'
import { PLAIN_COLOURS, type Storyboard } from '../../../../src/core/media/types.ts'
import type { MusicTrack } from '../../../../src/core/model/providers.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  colourVideo,
  decodeFrames,
  decodeSound,
  make,
  murmur,
  openWorkshop,
  segment,
  storyboard,
  voiceFile,
  type Workshop,
} from '../material.ts'
import { readZip } from './read-zip.ts'

const [[, ffmpeg]] = await builds()
const WORDS = { title: 'Bees & 꿀벌', names: ['Honey bees', '벌집'], readme: 'Read me.\n' }
const signal = new AbortController().signal
const [SIDE, LENGTHS] = [24, [9, 59]] as const
const CARD = 45

let shop: Workshop
let board: Storyboard
let music: MusicTrack
beforeAll(async () => {
  shop = await openWorkshop(ffmpeg)
  const segments = await Promise.all(
    LENGTHS.map(async (frames, index) => {
      const footageFile = shop.file(`footage${index}.mp4`)
      await colourVideo(footageFile, index === 0 ? '0x205080' : '0x805020', 0.5)
      // The second voice ends within a frame; it is spoken for two frames less than the clip lasts without its card.
      const spoken = frames - 2 - (index === 1 ? CARD - 0.5 : 0)
      const murmurs = murmur(0.5)
      // With a tone in the pauses, so that there is sound until the end.
      const sample = (at: number) => murmurs(at) + 0.05 * Math.sin(at / 20)
      const voice = await voiceFile(shop.file(`v${index}.wav`), spoken, sample)
      return segment({ voiceFile: voice, footageFile, duration: frames / 30 })
    }),
  )
  const endCard = { logoFile: null, callToAction: 'Follow us', colours: PLAIN_COLOURS }
  board = storyboard(segments.map((each, index) => (index === 1 ? { ...each, endCard } : each)))
  const file = shop.file('tune.wav')
  await make(['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1', '-ar', '48000', file])
  music = { ...{ provider: 'own', id: 'tune', file, title: null, author: null }, loops: true, length: 1 }
})
afterAll(() => shop.close())

/** The largest colour difference between any pixel and the first one. */
function unevenness(frame: Buffer): number {
  return frame.reduce((most, value, at) => Math.max(most, Math.abs(value - (frame[at % 3] ?? 0))), 0)
}

/** The samples after the plain header, −1 to 1. */
function wavSamples(file: Buffer): Float32Array {
  const samples = file.subarray(44)
  return Float32Array.from({ length: samples.length / 2 }, (_, at) => samples.readInt16LE(at * 2) / 32768)
}

/** The root mean square. */
function level(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
}

it('holds what an editing program needs, exact to the frame and with nothing written over it', async () => {
  const done: number[] = []
  const options = { signal, onProgress: (fraction: number) => done.push(fraction) }
  const name = await makeBundle(shop, board, music, WORDS, options)
  expect(name).toMatch(/^bundles\/..\/[0-9a-f]+\.zip$/)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  const files = await readZip(onDisk(shop.store, name))
  expect([...files.keys()]).toEqual([
    ...['captions.srt', 'timeline.otio', 'timeline.fcpxml', 'README.txt'],
    ...['clips/01-honey-bees.mp4', 'clips/02.mp4', 'voices/01-honey-bees.wav', 'voices/02.wav'],
    'music/music.wav',
  ])
  const timeline = await timelineOf(shop, board, WORDS, true)
  expect(timeline.clips.map(({ start, frames }) => [start, frames])).toEqual([
    [0, 9],
    [9, 59],
  ])
  expect(timeline.voices.map(({ start, frames }) => [start, frames])).toEqual([
    [0, 7],
    [9, 13],
  ])
  expect(files.get('timeline.otio')?.toString()).toBe(otioOf(timeline))
  expect(files.get('timeline.fcpxml')?.toString()).toBe(fcpxmlOf(timeline))
  expect(files.get('captions.srt')?.toString()).toContain('One two three.')
  expect(files.get('README.txt')?.toString()).toBe(WORDS.readme)

  for (const [index, { file }] of timeline.clips.entries()) {
    const clip = shop.file(`taken${index}.mp4`)
    await writeFile(clip, files.get(file) ?? '')
    const media = await probeMedia(ffmpeg, clip)
    expect(media).toMatchObject({ hasVideo: true, hasAudio: false, frames: LENGTHS[index], width: 1080 })
    // The footage is one solid colour, and so is every frame up to the last.
    const frames = await decodeFrames(clip, `scale=${SIDE}:${SIDE}`, SIDE * SIDE)
    expect(Math.max(...frames.map(unevenness))).toBeLessThan(12)
  }
  // The film's own clip isn't.
  const [, written] = board.segments
  if (!written) throw new Error('there are two segments')
  const ownClip = onDisk(shop.store, await renderClip(shop, written, board))
  const frames = await decodeFrames(ownClip, `scale=${SIDE}:${SIDE}`, SIDE * SIDE)
  expect(unevenness(frames.at(-1) ?? Buffer.alloc(3))).toBeGreaterThan(60)

  // As loud as in the film, up to the last spoken sample.
  const film = await decodeSound(onDisk(shop.store, await renderSound(shop, board, null)))
  for (const { file, start, frames } of timeline.voices) {
    const heard = wavSamples(files.get(file) ?? Buffer.alloc(0))
    expect(heard).toHaveLength(frames * 1600)
    const there = film.subarray(start * 1600, (start + frames) * 1600)
    expect(Math.abs(20 * Math.log10(level(heard) / level(there)))).toBeLessThan(1)
  }
  const spoken = wavSamples(await readFile(board.segments[1]?.voiceFile ?? ''))
  const last = wavSamples(files.get('voices/02.wav') ?? Buffer.alloc(0))
  expect(spoken).toHaveLength(12.5 * 1600)
  expect(level(last.subarray(12 * 1600, 12.5 * 1600))).toBeGreaterThan(
    level(spoken.subarray(12 * 1600, 12.5 * 1600)),
  )
  expect(level(last.subarray(12.5 * 1600))).toBeLessThan(0.001)
  const tune = files.get('music/music.wav') ?? Buffer.alloc(0)
  expect([tune.readUInt16LE(22), tune.readUInt32LE(24)]).toEqual([2, 48_000])
  expect(tune.readUInt32LE(tune.indexOf('data') + 4)).toBe((9 + 59) * 1600 * 4)
})

it('is made once, and again when the film, the music or the words are others', async () => {
  let runs = 0
  const { pool } = ffmpeg
  const counted: typeof pool = {
    concurrency: pool.concurrency,
    run: (...given) => {
      runs += 1
      return pool.run(...given)
    },
  }
  const tools = { ...shop, ffmpeg: { ...ffmpeg, pool: counted } }
  const first = await makeBundle(shop, board, music, WORDS, { signal })
  expect(await makeBundle(tools, board, music, WORDS, { signal })).toBe(first)
  expect(runs).toBe(0)
  const others = [
    makeBundle(tools, board, null, WORDS, { signal }),
    makeBundle(tools, board, music, { ...WORDS, title: 'Wasps' }, { signal }),
    makeBundle(tools, { ...board, music: { ...board.music, volume: 50 } }, music, WORDS, { signal }),
  ]
  expect(new Set([first, ...(await Promise.all(others))]).size).toBe(4)
  // Without music, the bundle has none.
  const files = await readZip(onDisk(shop.store, (await others[0]) ?? ''))
  expect([...files.keys()].some((name) => name.startsWith('music'))).toBe(false)
})

it('leaves nothing behind when it is stopped, when a file is gone, or when the disk is full', async () => {
  const before = (await shop.store.list('bundles')).length
  const stop = new AbortController()
  stop.abort()
  const other = { ...WORDS, title: 'Stopped' }
  await expect(makeBundle(shop, board, null, other, { signal: stop.signal })).rejects.toThrow()
  const [first, ...rest] = board.segments
  if (!first) throw new Error('there are two segments')
  const gone = { ...board, segments: [{ ...first, footageFile: shop.file('gone.mp4') }, ...rest] }
  await expect(makeBundle(shop, gone, null, other, { signal })).rejects.toMatchObject({
    code: 'ffmpeg_failed',
  })
  expect((await shop.store.list('bundles')).length).toBe(before)
  expect(await shop.store.list('tmp')).toEqual([])

  // A device that is always full.
  const entries = [{ name: 'a.wav', content: { file: first.voiceFile } }]
  await expect(writeZip(entries, '/dev/full')).rejects.toMatchObject({ code: 'ENOSPC' })
  await expect(
    writeZip([{ name: 'a', content: { file: shop.file('gone') } }], shop.file('a.zip')),
  ).rejects.toMatchObject({ code: 'ENOENT' })
})
