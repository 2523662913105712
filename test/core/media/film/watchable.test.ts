import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { stepsWithin } from '../../../../src/core/media/film/small-parts.ts'
import { clipsMissing, prepareWatchable, watchableFilm } from '../../../../src/core/media/film/watchable.ts'
import type { Storyboard } from '../../../../src/core/media/types.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  decodeFrames,
  make,
  murmur,
  openWorkshop,
  segment,
  storyboard,
  voiceFile,
  type Workshop,
} from '../material.ts'

const BUILDS = await builds()
const LENGTHS = [14, 21]
const HUGE = 100 * 1024 ** 2
const signal = new AbortController().signal
const options = { signal, urgency: 'asked' } as const

/** Both builds share the footage. */
let pantry: Workshop
beforeAll(async () => {
  pantry = await openWorkshop(BUILDS[0][1])
  await Promise.all(
    LENGTHS.map(async (_, index) => {
      // Nothing is harder to compress.
      const noise = `color=c=gray:s=320x320:r=30:d=0.5,noise=c0_seed=${index + 1}:c0_strength=32:c0_flags=t+u`
      const file = pantry.file(`noise${index}.mp4`)
      await make([
        '-f',
        'lavfi',
        '-i',
        noise,
        '-pix_fmt',
        'yuv420p',
        '-preset',
        'ultrafast',
        '-crf',
        '10',
        file,
      ])
    }),
  )
})
afterAll(() => pantry.close())

describe.each(BUILDS)('a draft to watch with the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Awaited<ReturnType<typeof openWorkshop>>
  let board: Storyboard
  /** Runs of ffmpeg so far. */
  let runs = 0

  beforeAll(async () => {
    const { pool } = ffmpeg
    const counted: Ffmpeg['pool'] = {
      ...pool,
      concurrency: pool.concurrency,
      run: (urgency, given, work) => {
        runs += 1
        return pool.run(urgency, given, work)
      },
    }
    shop = await openWorkshop({ ...ffmpeg, pool: counted })
    const segments = await Promise.all(
      LENGTHS.map(async (frames, index) => {
        const footageFile = pantry.file(`noise${index}.mp4`)
        const voice = await voiceFile(shop.file(`v${index}.wav`), frames, murmur(0.5))
        return segment({ voiceFile: voice, footageFile, duration: frames / 30 })
      }),
    )
    board = storyboard(segments)
  })
  afterAll(() => shop.close())

  const bytesOf = async (film: string) => (await shop.store.size(film)) ?? 0

  it('joins what is there, makes what is missing, and makes the same film once', async () => {
    // The other test of this workshop makes the same clips.
    await rm(onDisk(shop.store, ''), { recursive: true, force: true })
    expect(await clipsMissing(shop, board)).toEqual([0, 1])
    const films = await Promise.all([1, 2].map(() => watchableFilm(shop, board, null, HUGE, options)))
    expect(films[0]).toBe(films[1])
    expect(await clipsMissing(shop, board)).toEqual([])
    const media = await probeMedia(ffmpeg, onDisk(shop.store, films[0] ?? ''))
    expect(media).toMatchObject({ width: 1080, frames: 35, hasAudio: true })
    const before = runs
    expect(await watchableFilm(shop, board, null, HUGE, options)).toBe(films[0])
    expect(runs).toBe(before)
  })

  it('makes it as small as it has to be, part by part, with every frame', async () => {
    const whole = await bytesOf(await watchableFilm(shop, board, null, HUGE, options))
    const limit = 190_000
    expect(whole).toBeGreaterThan(limit)
    await prepareWatchable(shop, board, null, limit, options)
    const prepared = runs
    const film = await watchableFilm(shop, board, null, limit, options)
    // Its parts already existed: they only had to be joined.
    expect(runs - prepared).toBeLessThanOrEqual(1)
    expect(await bytesOf(film)).toBeLessThanOrEqual(limit)
    expect(await bytesOf(film)).toBeGreaterThan(limit / 6)
    const file = onDisk(shop.store, film)
    const media = await probeMedia(ffmpeg, file)
    expect(media).toMatchObject({ frames: 35, hasAudio: true })
    expect(media.width).toBeLessThan(1080)
    expect(Math.abs((media.audioDuration ?? 0) - 35 / 30)).toBeLessThan(1 / 30)
    expect(await decodeFrames(file, 'scale=1:1', 1)).toHaveLength(35)
    await expect(watchableFilm(shop, board, null, 10_000, options)).rejects.toMatchObject({
      code: 'watch_too_long',
    })
  })
})

describe('the size of a preview', () => {
  it('is chosen by its length: what would fit, the best first', () => {
    const limit = 10 * 1024 ** 2
    const best = (seconds: number) => stepsWithin(seconds, limit)[0]?.side
    expect([15, 30, 60, 120, 300, 600].map(best)).toEqual([720, 720, 480, 432, 288, 180])
    expect(stepsWithin(3600, limit)).toEqual([])
    for (const seconds of [20, 60, 180])
      for (const { video, audio } of stepsWithin(seconds, limit))
        expect(((video + audio) * seconds) / 8).toBeLessThan(limit)
  })
})
