import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { templateOf } from '../../../../src/core/media/captions/templates.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { makePoster } from '../../../../src/core/media/film/poster.ts'
import { renderVideo } from '../../../../src/core/media/film/render-video.ts'
import { type Cue, filmCues } from '../../../../src/core/media/film/subtitles.ts'
import type { RenderSegment, Storyboard } from '../../../../src/core/media/types.ts'
import { ENDING } from '../../../../src/core/model/formats.ts'
import { cutPlaces } from '../../../../src/core/providers/script/cut-places.ts'
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

/** The first is slightly longer than a shot may be. */
const SECONDS = [2.6, 0.9]
const TEXTS = ['Goats found the coffee, so a herder followed them.', 'Then he tasted it.']
/** The size in pixels of the compared frames, and how many of their rows are above all captions. */
const [WIDTH, HEIGHT, FREE] = [54, 96, 54]
const BUILDS = await builds()

/**
 * The checks a person would make before posting a film. Newest build only, as clip.test.ts covers every kind of clip with each
 * build.
 */
describe.each(BUILDS.slice(-1))('a film to post, by the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let board: Storyboard
  let frames: Buffer[]
  let cues: Cue[]

  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    // Footage in which nothing moves, with another frame rate and shape than the film.
    const still = 'testsrc2=s=640x360:r=25:d=0.04,loop=75:1:0,setpts=N/25/TB,eq=brightness=-0.3'
    const footage = shop.file('still.mp4')
    const encoded = ['-t', '3', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast']
    await make(['-f', 'lavfi', '-i', still, ...encoded, footage])
    const picture = shop.file('picture.png')
    const drawn = 'mandelbrot=s=540x960:r=1,eq=brightness=-0.3'
    await make(['-f', 'lavfi', '-i', drawn, '-frames:v', '1', '-f', 'image2', '-c:v', 'png', picture])
    const segments = await Promise.all(
      TEXTS.map(async (text, index): Promise<RenderSegment> => {
        const seconds = SECONDS[index] ?? 1
        const isLast = index === TEXTS.length - 1
        return segment({
          text,
          words: evenWords(text, seconds - 0.25),
          breaks: () => cutPlaces(text, 'en'),
          voiceFile: await voiceFile(shop.file(`${index}.wav`), seconds * 30, murmur(0.5)),
          footageFile: index === 0 ? footage : picture,
          footageKind: index === 0 ? 'video' : 'image',
          duration: seconds + (isLast ? ENDING : 0),
          isOpening: index === 0,
          ending: isLast ? { footageFile: footage, footageKind: 'video', keepsWhole: false } : undefined,
        })
      }),
    )
    board = storyboard(segments, { format: 'shorts', template: 'entertainment' })
    const film = shop.file('film.mp4')
    await renderVideo(shop, board, null, film, { signal: new AbortController().signal })
    frames = await decodeFrames(film, `scale=${WIDTH}:${HEIGHT}:flags=area`, WIDTH * HEIGHT)
    cues = await filmCues(shop.store, board)
  })
  afterAll(() => shop.close())

  /** How much two frames differ above the captions, of 255. */
  const difference = (a: number, b: number) => {
    const [one, other] = [frames.at(a), frames.at(b)]
    const size = WIDTH * FREE * 3
    if (!one || !other) throw new Error('there is no such frame')
    let sum = 0
    for (let at = 0; at < size; at++) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0))
    return sum / size
  }

  it('keeps no shot for longer than its template says, and moves between two cuts less than at one', () => {
    const cuts = [0, frames.length]
    for (let at = 1; at < frames.length; at++) if (difference(at - 1, at) > 8) cuts.push(at)
    cuts.sort((a, b) => a - b)
    const shots = cuts.slice(1).map((cut, index) => cut - (cuts[index] ?? 0))
    expect(Math.max(...shots) / 30).toBeLessThanOrEqual(templateOf('entertainment').pace.longestShot.shorts)
    // The cut at “so a herder”, and the one between the segments.
    const clause =
      Math.round((TEXTS[0]?.indexOf('so') ?? 0) * ((SECONDS[0] ?? 0) - 0.25) * 30) / (TEXTS[0]?.length ?? 1)
    expect(cuts.some((cut) => Math.abs(cut - clause) <= 1)).toBe(true)
    expect(cuts).toContain((SECONDS[0] ?? 0) * 30)
  })

  it('moves at once, though its footage does not', () => {
    expect(difference(0, 1)).toBeGreaterThan(0.5)
    expect(difference(20, 21)).toBeLessThan(0.5)
  })

  it('has words from the beginning, and goes on after the last one', () => {
    // The film ends on its opening picture, without words.
    const [first, last] = [frames.at(0), frames.at(-1)]
    const words = (frame: Buffer = Buffer.alloc(0)) =>
      [...frame].filter((value, at) => at >= WIDTH * FREE * 3 && Math.abs(value - (last?.[at] ?? 0)) > 60)
        .length
    expect(words(first)).toBeGreaterThan(100)
    expect(words(frames.at(-4))).toBeLessThan(10)
    const spoken = SECONDS.reduce((sum, seconds) => sum + seconds, 0) - 0.25
    expect(frames.length / 30 - spoken).toBeGreaterThanOrEqual(1)
  })

  it('ends with the picture with which it begins', () => {
    expect(difference(-1, 0)).toBeLessThan(3)
    expect(difference(-20, 0)).toBeGreaterThan(10)
  })

  it('has subtitles with the words that are spoken, while they are', () => {
    expect(cues.map(({ lines }) => lines.join(' ')).join(' ')).toBe(TEXTS.join(' '))
    expect(cues[0]?.from).toBe(0)
    cues.forEach(({ from, to }, index) => {
      expect(to).toBeGreaterThan(from)
      expect(to).toBeLessThanOrEqual(cues[index + 1]?.from ?? (frames.length * 1000) / 30)
    })
    const cut = 1000 * (SECONDS[0] ?? 0)
    const last = cues.filter(({ from }) => from >= cut)
    expect(last[0]?.from).toBe(cut)
    const spoken = board.segments.flatMap(({ text, words }, index) =>
      words.map(({ start, end, from }) => ({
        word: text.slice(start, end),
        at: 1000 * (from + (index === 0 ? 0 : (SECONDS[0] ?? 0))),
      })),
    )
    for (const { word, at } of spoken) {
      const shown = cues.find(({ from, to }) => from <= at + 20 && at + 20 < to)
      expect(shown?.lines.join(' '), `${word} at ${at}`).toContain(word)
    }
  })

  it('has a poster with its title, as large as itself', async () => {
    const poster = shop.file('poster.jpg')
    await makePoster(shop, board, 'Goats', poster)
    expect(await probeMedia(ffmpeg, poster)).toMatchObject({ videoCodec: 'mjpeg', width: 1080, height: 1920 })
    const blank = shop.file('blank.jpg')
    await makePoster(shop, board, '', blank)
    const small = (file: string) => decodeFrames(file, `scale=${WIDTH}:${HEIGHT}:flags=area`, WIDTH * HEIGHT)
    const [titled] = await small(poster)
    const [bare] = await small(blank)
    const white = (frame: Buffer = Buffer.alloc(0)) => [...frame].filter((value) => value > 230).length
    expect(white(titled) - white(bare)).toBeGreaterThan(60)
  })
})

function evenWords(text: string, seconds: number): RenderSegment['words'] {
  return [...text.matchAll(/\p{L}+/gu)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    from: (index / text.length) * seconds,
    to: ((index + word.length) / text.length) * seconds,
  }))
}
