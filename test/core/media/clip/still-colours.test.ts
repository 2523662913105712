import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clipJob, planClip } from '../../../../src/core/media/clip/clip.ts'
import { clipGraph } from '../../../../src/core/media/clip/clip-args.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { builds, openWorkshop, segment, storyboard, voiceFile, type Workshop } from '../material.ts'

const run = promisify(execFile)
const BUILDS = await builds()
/** Side in pixels of a picture of four squares: in colour where the format has colours, otherwise in shades of grey. */
const SIDE = 96
const COLOURS = ['#e08020', '#2040c0', '#20c060', '#f0e0d0']
const GRAYS = ['#101010', '#606060', '#a0a0a0', '#f0f0f0']
/**
 * How far off a channel may be, of 255, because the film's values are quantised. A wrong matrix or range shows more in some of
 * the squares.
 */
const ROUNDING = 5
/** The colour behind transparent areas. */
const BEHIND = '#14161c'

const squares = (colours: readonly string[], opacity = 1) =>
  sharp(
    Buffer.from(
      `<svg width="${SIDE}" height="${SIDE}" shape-rendering="crispEdges">${colours
        .map((colour, at) => {
          const [x, y] = [(at % 2) * 48, at < 2 ? 0 : 48]
          return `<rect x="${x}" y="${y}" width="48" height="48" fill="${colour}" opacity="${opacity}"/>`
        })
        .join('')}</svg>`,
    ),
  )
const opaque = (colours: readonly string[]) => squares(colours).removeAlpha()

interface Picture {
  what: string
  bytes: () => Promise<Buffer>
  shown: readonly string[]
  /** How much further off a channel may be because the file itself doesn't store its colours exactly. */
  loss?: number
}

const half = COLOURS.map((colour) => mixed(colour, BEHIND, 128 / 255))
const [orange = '', ...others] = COLOURS
const pictures: Picture[] = [
  { what: 'PNG', bytes: () => opaque(COLOURS).png().toBuffer(), shown: COLOURS },
  { what: 'PNG of 16 bits', bytes: () => deep(opaque(COLOURS), 'rgb16'), shown: COLOURS },
  { what: 'gray PNG', bytes: () => opaque(GRAYS).toColourspace('b-w').png().toBuffer(), shown: GRAYS },
  { what: 'gray PNG of 16 bits', bytes: () => deep(opaque(GRAYS), 'grey16'), shown: GRAYS },
  { what: 'PNG with a palette', bytes: () => palette(opaque(COLOURS)), shown: COLOURS },
  {
    what: 'PNG with a palette of which one colour is transparent',
    bytes: () => palette(squares(['#00000000', ...others])),
    shown: [BEHIND, ...others],
  },
  {
    what: 'PNG with alpha',
    bytes: () =>
      squares(COLOURS, 128 / 255)
        .png()
        .toBuffer(),
    shown: half,
  },
  {
    what: 'PNG with alpha of 16 bits',
    bytes: () => deep(squares(COLOURS, 128 / 255), 'rgb16'),
    shown: half,
  },
  {
    what: 'PNG in which one colour is transparent',
    bytes: async () => keyed(await opaque(COLOURS).png().toBuffer(), orange),
    shown: [BEHIND, ...others],
  },
  {
    what: 'JPEG',
    bytes: () => opaque(COLOURS).jpeg({ quality: 95 }).toBuffer(),
    shown: COLOURS,
  },
  {
    what: 'JPEG in 4:4:4',
    bytes: () => opaque(COLOURS).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
    shown: COLOURS,
  },
  {
    what: 'gray JPEG',
    bytes: () => opaque(GRAYS).toColourspace('b-w').jpeg({ quality: 95 }).toBuffer(),
    shown: GRAYS,
  },
  { what: 'WebP', bytes: () => opaque(COLOURS).webp({ quality: 95 }).toBuffer(), shown: COLOURS, loss: 3 },
]

describe.each(BUILDS)('the colours of stills in a film, by the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let frames: Buffer[]
  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    const voice = await voiceFile(shop.file('voice.wav'), 1, () => 0)
    const style = { ...storyboard([]), isBare: true }
    const graphs = await Promise.all(
      pictures.map(async ({ bytes }, index) => {
        const footageFile = shop.file(`${index}`)
        await writeFile(footageFile, await bytes())
        const still = segment({ voiceFile: voice, footageFile, footageKind: 'image', duration: 1 / 30 })
        const plan = await planClip(shop.store, still, style, 1)
        const files: [string, string] = [footageFile, footageFile]
        const job = await clipJob({
          ffmpeg,
          store: shop.store,
          segment: still,
          style,
          plan,
          files,
          captionFile: '',
        })
        // No larger than the pictures: colours don't depend on the size.
        return clipGraph({ ...job, threads: 1, output: '' }, index, `v${index}`)
          .replaceAll(/1620(?=[:x])|(?<=[:x])1620/g, String(1.5 * SIDE))
          .replaceAll('1080x1080', `${SIDE}x${SIDE}`)
      }),
    )
    const all = pictures.map((_, index) => `[v${index}]`).join('')
    const small = `${all}concat=n=${pictures.length}:v=1:a=0,scale=in_color_matrix=bt709,format=rgb24[all]`
    const { stdout } = await run(
      ffmpeg.ffmpegPath,
      [
        ...['-nostdin', '-v', 'error'],
        ...pictures.flatMap((_, index) => ['-i', `file:${shop.file(`${index}`)}`]),
        ...[
          '-filter_complex',
          [...graphs, small].join(';'),
          '-map',
          '[all]',
          '-vsync',
          '0',
          '-f',
          'rawvideo',
          '-',
        ],
      ],
      { encoding: 'buffer' },
    )
    const size = SIDE * SIDE * 3
    frames = pictures.map((_, index) => stdout.subarray(index * size, (index + 1) * size))
  })
  afterAll(() => shop.close())

  it.each(pictures)('are those of the picture: $what', ({ what, shown, loss = 0 }) => {
    const frame = frames[pictures.findIndex((each) => each.what === what)]
    expect(frame).toHaveLength(SIDE * SIDE * 3)
    for (const [at, colour] of shown.entries()) {
      const place = ((at < 2 ? 24 : 72) * SIDE + (at % 2 === 0 ? 24 : 72)) * 3
      const seen = [...(frame?.subarray(place, place + 3) ?? [])]
      const off = rgb(colour).map((value, channel) => Math.abs(value - (seen[channel] ?? Number.NaN)))
      expect(Math.max(...off), `${colour} as ${seen}`).toBeLessThanOrEqual(ROUNDING + loss)
    }
  })
})

function rgb(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}

/** The given share of one colour over another. */
function mixed(over: string, under: string, share: number): string {
  const below = rgb(under)
  const mix = rgb(over).map((value, at) => Math.round(value * share + (below[at] ?? 0) * (1 - share)))
  return `#${mix.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

const deep = (picture: Sharp, space: 'rgb16' | 'grey16') => picture.toColourspace(space).png().toBuffer()
const palette = (picture: Sharp) => picture.png({ palette: true, colours: 8, dither: 0 }).toBuffer()

/** An 8-bit PNG without alpha that declares one colour transparent. */
function keyed(png: Buffer, colour: string): Buffer {
  const [red = 0, green = 0, blue = 0] = rgb(colour)
  const chunk = Buffer.from([0, 0, 0, 6, ...Buffer.from('tRNS'), 0, red, 0, green, 0, blue, 0, 0, 0, 0])
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 14)), 14)
  const at = png.indexOf('IDAT') - 4
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)])
}
