import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SAFE_AREAS } from '../../../../src/core/media/captions/templates.ts'
import { clipPath, renderClip } from '../../../../src/core/media/clip/clip.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { FORMATS, type Format } from '../../../../src/core/model/formats.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  colourVideo,
  decodeFrames,
  openWorkshop,
  segment,
  voiceFile,
  type Workshop,
} from '../material.ts'

const BUILDS = await builds()
const STYLE = { format: 'square', template: 'clean', language: 'en', seed: 's' } as const
/** More text than a caption holds, with a word wider than any line. */
const OVERFLOWING = `Die ${'Donaudampfschifffahrts'.repeat(4)}gesellschaft und 커피는 염소가 발견했다고 합니다 jgy.`
/** Frames of a clip. */
const FRAMES = 6
/** How far the encoder smears an edge, as a fraction of the picture. */
const BLUR = 0.004

describe.each(BUILDS)('a clip with captions by the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let voice: string
  let footageFile: string

  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    voice = await voiceFile(shop.file('voice.wav'), FRAMES, () => 0)
    footageFile = await colourVideo(shop.file('black.mp4'), 'black', 0.2)
  })
  afterAll(() => shop.close())

  const clipOf = async (text: string, style: Parameters<typeof renderClip>[2] = STYLE) =>
    onDisk(
      shop.store,
      await renderClip(shop, segment({ footageFile, voiceFile: voice, text, duration: FRAMES / 30 }), style),
    )

  it.each([
    ['shorts', 'clean'],
    ['shorts', 'entertainment'],
    ['landscape', 'minimal'],
    ['landscape', 'entertainment'],
    ['square', 'news'],
  ] as const)(
    'makes the promised stream with an overflowing caption in its safe area: %s, %s',
    async (format, template) => {
      const file = await clipOf(OVERFLOWING, { ...STYLE, format, template })
      expect(await probeMedia(ffmpeg, file)).toMatchObject({
        videoCodec: 'h264',
        profile: 'High',
        pixelFormat: 'yuv420p',
        colorSpace: 'bt709',
        colorPrimaries: 'bt709',
        colorTransfer: 'bt709',
        colorRange: 'tv',
        fps: 30,
        frames: FRAMES,
        hasAudio: false,
        width: FORMATS[format].width,
        height: FORMATS[format].height,
      })
      const lit = await litArea(file, format)
      const safe = SAFE_AREAS[format]
      expect(lit.left).toBeGreaterThanOrEqual(safe.left - BLUR)
      expect(lit.right).toBeLessThanOrEqual(safe.right + BLUR)
      expect(lit.top).toBeGreaterThanOrEqual(safe.top - BLUR)
      expect(lit.bottom).toBeLessThanOrEqual(safe.bottom + BLUR)
      // It fills the safe area, so if it were any wider it would stick out.
      expect(lit.right - lit.left).toBeGreaterThan(0.72 * (safe.right - safe.left))
    },
  )

  it('is another clip when its captions look different, and the same when they do not', async () => {
    const part = segment({ footageFile, voiceFile: voice, text: 'Café' })
    const news = { ...STYLE, template: 'news' }
    const first = await clipPath(shop, part, news)
    expect(await clipPath(shop, { ...part, text: 'Cafe\u0301' }, news)).toBe(first)
    expect(await clipPath(shop, { ...part, text: 'Cafe' }, news)).not.toBe(first)
    expect(await clipPath(shop, part, STYLE)).not.toBe(first)
    const { square } = SAFE_AREAS
    SAFE_AREAS.square = { ...square, left: square.left + 0.01 }
    try {
      // Names are cached per store, as what shapes them doesn't change while a program runs.
      const store = new LocalStore(onDisk(shop.store, ''))
      expect(await clipPath({ ...shop, store }, part, news)).not.toBe(first)
    } finally {
      SAFE_AREAS.square = square
    }
  })

  it('shows markup as text, on one line', async () => {
    const rows = async (text: string) => {
      const [frame] = await decodeFrames(await clipOf(text), 'trim=end_frame=1,scale=1:1080:flags=area', 1080)
      const lit = Array.from({ length: 1080 }, (_, row) => row).filter((row) => (frame?.[row * 3] ?? 0) > 8)
      return { height: (lit.at(-1) ?? 0) - (lit[0] ?? 0), bottom: lit.at(-1) ?? 0 }
    }
    const plain = await rows('(abcdefgh) Hidden')
    const marked = await rows('{\\alpha&HFF&}Hi\\Nd\\nen\\h{\\fs1}')
    expect(plain.height).toBeGreaterThan(20)
    expect(Math.abs(marked.height - plain.height)).toBeLessThan(12)
    expect(Math.abs(marked.bottom - plain.bottom)).toBeLessThan(8)
  })
})

/** The bounds of everything that isn't black in the middle of a clip, as fractions of the picture. */
async function litArea(file: string, format: Format) {
  const { width, height }: { width: number; height: number } = FORMATS[format]
  const [frame = Buffer.alloc(0)] = await decodeFrames(
    file,
    `trim=start_frame=${FRAMES / 2}:end_frame=${FRAMES / 2 + 1}`,
    width * height,
  )
  const area = { left: width, right: -1, top: height, bottom: -1 }
  for (let at = 0; at < frame.length; at++) {
    if ((frame[at] ?? 0) < 32) continue
    const pixel = Math.floor(at / 3)
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    area.left = Math.min(area.left, x)
    area.right = Math.max(area.right, x + 1)
    area.top = Math.min(area.top, y)
    area.bottom = Math.max(area.bottom, y + 1)
  }
  return {
    left: area.left / width,
    right: area.right / width,
    top: area.top / height,
    bottom: area.bottom / height,
  }
}
