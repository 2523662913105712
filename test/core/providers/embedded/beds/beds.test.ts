import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import ffmpeg from '@ffmpeg-installer/ffmpeg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LocalStore } from '../../../../../src/core/media/store/local-store.ts'
import { MOODS } from '../../../../../src/core/model/formats.ts'
import { createBedMusic } from '../../../../../src/core/providers/embedded/beds/beds.ts'
import { STYLES } from '../../../../../src/core/providers/embedded/beds/styles.ts'
import { onDisk } from '../../../../factories/on-disk.ts'

const run = promisify(execFile)
const never = new AbortController().signal
let folder = ''
let store: LocalStore
let music: ReturnType<typeof createBedMusic>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rushes-beds-'))
  store = new LocalStore(folder)
  music = createBedMusic(store)
})

afterAll(async () => {
  await music.close()
  await rm(folder, { recursive: true, force: true })
})

async function bed(mood: (typeof MOODS)[number], seed = 'draft', bedMusic = music, stored = store) {
  const track = await bedMusic.pick({ mood, seed, duration: 30 }, never)
  if (!track) throw new Error('no bed')
  return { ...track, file: onDisk(stored, track.file) }
}

/** The two channels of a 16-bit stereo WAV, as numbers from −1 to 1. */
function channels(wav: Buffer): [Float32Array, Float32Array] {
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length))
  const channel = (offset: number) => {
    const numbers = new Float32Array(samples.length / 2)
    for (let i = 0; i < numbers.length; i++) numbers[i] = (samples[i * 2 + offset] ?? 0) / 32_768
    return numbers
  }
  return [channel(0), channel(1)]
}

const heard = new Map<string, Promise<[Float32Array, Float32Array]>>()

/** Same, for a file; each is decoded once for all checks. */
function channelsOf(file: string): Promise<[Float32Array, Float32Array]> {
  const both = heard.get(file) ?? readFile(file).then(channels)
  heard.set(file, both)
  return both
}

/** Summed in a loop, as there are millions of samples. */
function mean(samples: ArrayLike<number>, of: (sample: number, index: number) => number): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) sum += of(samples[i] ?? 0, i)
  return sum / samples.length
}

function energy(samples: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2
  return sum / samples.length
}

describe.each(MOODS)('%s', (mood) => {
  it('is a loop of stereo at 48 kHz, without DC, below −3 dBFS and at −20 LUFS', async () => {
    const { file, loops } = await bed(mood)
    const wav = await readFile(file)
    expect(loops).toBe(true)
    expect(wav.toString('latin1', 0, 16)).toMatch(/^RIFF....WAVEfmt $/s)
    expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([2, 48_000, 16])
    const both = await channelsOf(file)
    expect(both[0].length / 48_000).toBeGreaterThan(15)
    expect(both[0].length / 48_000).toBeLessThan(33)
    for (const channel of both) {
      let peak = 0
      for (const sample of channel) peak = Math.max(peak, Math.abs(sample))
      expect(20 * Math.log10(peak)).toBeLessThan(-3)
      expect(Math.abs(mean(channel, (sample) => sample))).toBeLessThan(0.0005)
    }
    expect(mean(both[0], (sample, i) => (sample - (both[1][i] ?? 0)) ** 2)).toBeGreaterThan(1e-6)
    const measured = await run(ffmpeg.path, [
      '-hide_banner',
      '-nostats',
      '-i',
      file,
      '-af',
      'ebur128',
      '-f',
      'null',
      '-',
    ])
    const loudness = Number(/I:\s+(-[\d.]+) LUFS\s+Threshold/.exec(measured.stderr)?.[1])
    expect(Math.abs(loudness + 20)).toBeLessThan(1)
  })

  it('goes on over its seam as it does anywhere else', async () => {
    const { file } = await bed(mood)
    for (const channel of await channelsOf(file)) {
      const total = channel.length
      const at = (i: number) => channel[(i + total) % total] ?? 0
      const bend = (i: number) => Math.abs(at(i + 1) - 2 * at(i) + at(i - 1))
      // A click bends the waveform far more than the music does. Every bar begins like the first one, so the bars' beginnings can
      // be compared.
      const bars = STYLES[mood].bars
      const around = (place: number) =>
        Math.max(...Array.from({ length: 9 }, (_, i) => bend(Math.round(place) + i - 6)))
      const usual = Array.from({ length: bars - 1 }, (_, bar) => around((total * (bar + 1)) / bars))
      expect(around(0)).toBeLessThan(Math.max(...usual) * 2 + 0.002)
      // The tails of the last bar continue under the first: no gap at the seam.
      const before = energy(Array.from({ length: 2400 }, (_, i) => at(-i - 1)))
      const after = energy(Array.from({ length: 480 }, (_, i) => at(i)))
      expect(after).toBeGreaterThan(before / 30)
      expect(before).toBeGreaterThan(energy(channel) / 100)
    }
  })

  it('has a beat at the tempo it says', async () => {
    const { file, id } = await bed(mood)
    const [left] = await channelsOf(file)
    const bpm = STYLES[mood].variations[Number(id.split('-')[1])]?.bpm ?? 0
    const hop = 480
    const power = Array.from({ length: Math.floor(left.length / hop) }, (_, i) =>
      Math.sqrt(energy(left.subarray(i * hop, (i + 1) * hop))),
    )
    const onsets = power.map((value, i) => Math.max(0, value - (power.at(i - 1) ?? 0)))
    const usual = mean(onsets, (value) => value)
    const likeness = (lag: number) =>
      onsets.reduce(
        (sum, value, i) => sum + (value - usual) * ((onsets[(i + lag) % onsets.length] ?? 0) - usual),
        0,
      )
    // Onsets repeat after two bars, but not at a third of a step off that.
    const twoBars = Math.round((8 * 60 * 100) / bpm)
    const best = Math.max(likeness(twoBars - 1), likeness(twoBars), likeness(twoBars + 1))
    const third = Math.round((60 * 100) / bpm / 4 / 2)
    expect(best).toBeGreaterThan(2 * Math.max(0, likeness(twoBars + third)))
    expect(best).toBeGreaterThan(0.05 * likeness(0))
  })
})

it('makes the same bytes again, and keeps them', async () => {
  const first = await bed('happy')
  const bytes = await readFile(first.file)
  expect(await bed('happy')).toEqual(first)
  const other = new LocalStore(path.join(folder, 'other'))
  const elsewhere = createBedMusic(other)
  try {
    expect((await readFile((await bed('happy', 'draft', elsewhere, other)).file)).equals(bytes)).toBe(true)
  } finally {
    await elsewhere.close()
  }
})

it('finds again what it has picked, and nothing else', async () => {
  const picked = await music.pick({ mood: 'happy', seed: 'draft', duration: 30 }, never)
  expect(await music.find(picked?.id ?? '', never)).toEqual(picked)
  for (const id of ['happy-3', 'happy-', 'noise-0', '../happy-0', ''])
    expect(await music.find(id, never), id).toBeNull()
})

it('gives drafts different variations', async () => {
  const found = await Promise.all(Array.from({ length: 12 }, (_, i) => bed('uplifting', `draft ${i}`)))
  expect(new Set(found.map(({ id }) => id)).size).toBe(3)
})

it('leaves nothing behind when it is cancelled, and works again after', async () => {
  const other = new LocalStore(path.join(folder, 'cancelled'))
  const cancelled = createBedMusic(other)
  const cancel = new AbortController()
  try {
    const picked = cancelled.pick({ mood: 'happy', seed: 's', duration: 10 }, cancel.signal)
    cancel.abort(new Error('enough'))
    await expect(picked).rejects.toThrow('enough')
    await bed('happy', 's', cancelled)
    expect((await readdir(path.join(folder, 'cancelled', 'tmp'))).length).toBe(0)
  } finally {
    await cancelled.close()
  }
})
