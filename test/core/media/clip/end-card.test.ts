import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clipPath, renderClip } from '../../../../src/core/media/clip/clip.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { filmCues } from '../../../../src/core/media/film/subtitles.ts'
import { makeLogo } from '../../../../src/core/media/pictures/pictures.ts'
import type { EndCard, RenderSegment } from '../../../../src/core/media/types.ts'
import { END_CARD } from '../../../../src/core/model/formats.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  colourVideo,
  decodeFrames,
  murmur,
  openWorkshop,
  segment,
  storyboard,
  voiceFile,
  type Workshop,
} from '../material.ts'

const BUILDS = await builds()
const [WIDTH, HEIGHT] = [270, 480]
const GROUND = '#2a1440'
const SPOKEN = 0.6

/** With the oldest build, which supports the least. */
describe.each(BUILDS.slice(0, 1))('the card at the end of a film, by the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let last: RenderSegment
  let frames: Buffer[]
  const board = () => storyboard([last], { format: 'shorts', template: 'clean' })
  const pixel = (frame: number, x: number, y: number) => {
    const at = (y * WIDTH + x) * 3
    return [...(frames.at(frame)?.subarray(at, at + 3) ?? [])]
  }
  /** The pixels of a frame that are not background. */
  const drawn = (frame: number) => {
    const found: { x: number; y: number; colour: number[] }[] = []
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++) {
        const colour = pixel(frame, x, y)
        if (Math.max(...colour.map((value, at) => Math.abs(value - (rgb(GROUND)[at] ?? 0)))) > 40)
          found.push({ x, y, colour })
      }
    return found
  }

  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    const [sent, logo] = [shop.file('sent.png'), shop.file('logo.png')]
    const red = { width: 400, height: 100, channels: 4, background: '#ff2020' } as const
    await sharp({ create: red }).png().toFile(sent)
    await makeLogo(sent, logo)
    const footage = shop.file('footage.mp4')
    await colourVideo(footage, '0x00c000', 1)
    const colours = { letters: '#ffffff', accent: '#ffd60a', shade: GROUND, light: '#ffffff' }
    const endCard: EndCard = { logoFile: logo, callToAction: '매주 만나요', colours }
    last = segment({
      text: 'Bye.',
      voiceFile: await voiceFile(shop.file('voice.wav'), SPOKEN * 30, murmur(0.5)),
      footageFile: footage,
      duration: SPOKEN + END_CARD,
      endCard,
    })
    const clip = onDisk(shop.store, await renderClip(shop, last, board()))
    frames = await decodeFrames(clip, `scale=${WIDTH}:${HEIGHT}:flags=area`, WIDTH * HEIGHT)
  })
  afterAll(() => shop.close())

  it('comes with the end of the last word and stays for a second and a half', () => {
    expect(frames).toHaveLength(Math.round((SPOKEN + END_CARD) * 30))
    const [, green = 0] = pixel(SPOKEN * 30 - 1, 20, 30)
    expect(green).toBeGreaterThan(90)
    for (const at of [SPOKEN * 30 + 8, -1])
      for (const [index, value] of pixel(at, 20, 30).entries())
        expect(Math.abs(value - (rgb(GROUND)[index] ?? 0))).toBeLessThan(12)
  })

  it('has logo and words one above the other, where no player covers them, and legible', () => {
    const seen = drawn(-1)
    for (const { x, y } of seen) {
      expect(x / WIDTH).toBeGreaterThan(0.06)
      expect(x / WIDTH).toBeLessThan(0.85)
      expect(y / HEIGHT).toBeLessThan(0.7)
    }
    const red = seen.filter(({ colour: [r = 0, g = 0, b = 0] }) => r > 180 && g < 100 && b < 100)
    const white = seen.filter(({ colour }) => Math.min(...colour) > 200)
    expect(red.length).toBeGreaterThan(1000)
    expect(white.length).toBeGreaterThan(200)
    const bottom = Math.max(...red.map(({ y }) => y))
    expect(Math.min(...white.map(({ y }) => y))).toBeGreaterThan(bottom)
    const middle = red.reduce((sum, { x }) => sum + x, 0) / red.length
    expect(middle / WIDTH).toBeCloseTo(0.5, 1)
    expect(contrast([255, 255, 255], rgb(GROUND))).toBeGreaterThan(4.5)
  })

  it('is no part of the captions, and another clip with another logo or other words', async () => {
    const cues = await filmCues(shop.store, board())
    expect(cues.at(-1)?.to).toBeLessThanOrEqual(SPOKEN * 1000 + 1)
    const { endCard } = last
    if (!endCard) throw new Error('there is a card')
    const names = [last, { ...last, endCard: { ...endCard, callToAction: '' } }]
    const others = [...names, { ...last, endCard: { ...endCard, logoFile: null } }]
    const paths = await Promise.all(others.map((each) => clipPath(shop, each, board())))
    expect(new Set(paths).size).toBe(3)
    expect(await shop.store.has(paths[0] ?? '')).toBe(true)
  })
})

it.each([
  ['dark letters', '#101830', 'light'],
  ['light letters', '#fafafa', 'clear'],
])('a logo of %s stands out from a dark ground', async (_, colour, ground) => {
  const shop = await openWorkshop(BUILDS[0][1])
  try {
    const letters = `<svg width="200" height="100"><rect x="20" y="20" width="60" height="60" fill="${colour}"/></svg>`
    await sharp(Buffer.from(letters)).png().toFile(shop.file('sent.png'))
    await makeLogo(shop.file('sent.png'), shop.file('logo.png'))
    const { data, info } = await sharp(shop.file('logo.png')).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
    ]
    const edge = at(Math.round(info.width / 2), 1)
    if (ground === 'clear') expect(edge[3]).toBe(0)
    else expect(Math.min(...edge)).toBeGreaterThan(220)
    // Rounded corners, including those of a plate.
    expect(at(0, 0)[3]).toBe(0)
  } finally {
    await shop.close()
  }
})

function rgb(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}

/** As defined by WCAG 2.2. */
function contrast(one: number[], other: number[]): number {
  const luminance = (colour: number[]) =>
    colour
      .map((value) => value / 255)
      .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
