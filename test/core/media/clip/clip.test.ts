import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderClip } from '../../../../src/core/media/clip/clip.ts'
import { renderPreview } from '../../../../src/core/media/clip/preview.ts'
import { renderThumbnail } from '../../../../src/core/media/clip/thumbnail.ts'
import type { Ffmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { makeSmallerCopy } from '../../../../src/core/media/film/smaller-copy.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import { builds, decodeFrames, make, openWorkshop, segment, voiceFile, type Workshop } from '../material.ts'

const BUILDS = await builds()
const STYLE = { format: 'square', template: 'clean', language: 'en', seed: 's' } as const
const NOTHING_SHOWN = '\u200b'
/** Footage that takes a while to make; both builds share the file. */
let pantry: Workshop
const made = new Map<string, Promise<string>>()
beforeAll(async () => {
  const [[, embedded]] = BUILDS
  pantry = await openWorkshop(embedded)
})
afterAll(() => pantry.close())

function once(name: string, args: string[]): Promise<string> {
  const file = pantry.file(name)
  const making = made.get(name) ?? make([...args, file]).then(() => file)
  made.set(name, making)
  return making
}

describe.each(BUILDS)('renderClip with the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let voice: string

  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    voice = await voiceFile(shop.file('voice.wav'), 30, () => 0)
  })
  afterAll(() => shop.close())

  const clipOf = async (footageFile: string, parts = {}, style: Parameters<typeof renderClip>[2] = STYLE) =>
    onDisk(
      shop.store,
      await renderClip(
        shop,
        segment({ footageFile, voiceFile: voice, text: NOTHING_SHOWN, ...parts }),
        style,
      ),
    )

  // Each shows orange, whatever its format: a wrong matrix, range or rotation would be visible.
  const ORANGE = 'color=c=0xe08020:r=30:d=0.1'
  const inputs: [what: string, name: string, args: string[]][] = [
    [
      'odd dimensions',
      'odd.mkv',
      ['-f', 'lavfi', '-i', `${ORANGE}:s=321x243`, '-pix_fmt', 'yuv444p', '-c:v', 'libx264'],
    ],
    ['a tiny picture', 'tiny.mkv', ['-f', 'lavfi', '-i', `${ORANGE}:s=16x16`, '-c:v', 'ffv1']],
    [
      '60 frames a second',
      'fast.mp4',
      ['-f', 'lavfi', '-i', 'color=c=0xe08020:r=60:d=0.1:s=640x360', '-pix_fmt', 'yuv420p'],
    ],
    [
      '10 bits',
      'ten.mkv',
      ['-f', 'lavfi', '-i', `${ORANGE}:s=640x360`, '-pix_fmt', 'yuv420p10le', '-c:v', 'ffv1'],
    ],
    ['VP8 in WebM', 'vp8.webm', ['-f', 'lavfi', '-i', `${ORANGE}:s=320x180`, '-c:v', 'libvpx', '-b:v', '1M']],
    ['an animated GIF', 'moving.gif', ['-f', 'lavfi', '-i', `${ORANGE}:s=200x100`]],
    ['PNG', 'still.png', ['-f', 'lavfi', '-i', `${ORANGE}:s=301x203`, '-frames:v', '1', '-c:v', 'png']],
    [
      'PNG with alpha',
      'alpha.png',
      ['-f', 'lavfi', '-i', `${ORANGE}:s=300x200`, '-pix_fmt', 'rgba', '-frames:v', '1', '-c:v', 'png'],
    ],
    ['JPEG', 'still.jpg', ['-f', 'lavfi', '-i', `${ORANGE}:s=640x480`, '-frames:v', '1', '-q:v', '2']],
    [
      'WebP',
      'still.webp',
      ['-f', 'lavfi', '-i', `${ORANGE}:s=640x480`, '-frames:v', '1', '-c:v', 'libwebp', '-q:v', '95'],
    ],
    [
      'footage with sound, longer than its picture',
      'sound.mkv',
      [
        '-f',
        'lavfi',
        '-i',
        `${ORANGE}:s=320x240`,
        '-f',
        'lavfi',
        '-i',
        'sine=d=1',
        '-c:v',
        'libx264',
        '-c:a',
        'aac',
      ],
    ],
    [
      'a variable rate',
      'vfr.mkv',
      [
        '-f',
        'lavfi',
        '-i',
        `color=c=0xe08020:r=30:d=0.3:s=320x240,select='not(mod(n,3))+gt(n,5)'`,
        '-vsync',
        'vfr',
        '-pix_fmt',
        'yuv420p',
        '-c:v',
        'libx264',
      ],
    ],
  ]

  it.each(inputs)('shows %s', async (_what, name, args) => {
    // Under a name that doesn't reveal its format.
    const footage = await once(name.replace('.', ' '), [...args, '-f', formatOf(name)])
    const footageKind = /png|jpg|webp$/.test(name) ? 'image' : 'video'
    const file = await clipOf(footage, { footageKind, duration: 0.2 })
    const frames = await decodeFrames(file, 'crop=64:64,scale=1:1:flags=area', 1)
    expect(frames).toHaveLength(6)
    for (const frame of frames) {
      const [red = 0, green = 0, blue = 0] = frame
      expect(Math.abs(red - 0xe0)).toBeLessThanOrEqual(10)
      expect(Math.abs(green - 0x80)).toBeLessThanOrEqual(10)
      expect(Math.abs(blue - 0x20)).toBeLessThanOrEqual(14)
    }
  })

  it('turns footage as its rotation says', async () => {
    // Red on the left; rotated a quarter counter-clockwise, as this matrix says, red is at the bottom.
    const half = 'color=c=blue:s=400x200:r=30:d=0.1,drawbox=w=200:h=200:c=red:t=fill'
    const flat = await once('flat.mp4', ['-f', 'lavfi', '-i', half, '-pix_fmt', 'yuv420p'])
    const turned = await once('turned.mp4', ['-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=90'])
    const [first] = await decodeFrames(
      await clipOf(turned, { duration: 0.1 }, { ...STYLE, format: 'shorts' }),
      'scale=1:2:flags=area',
      2,
    )
    expect(first?.[2]).toBeGreaterThan(180)
    expect(first?.[3]).toBeGreaterThan(180)
  })

  it('brings HDR to ordinary colours', async () => {
    const signal = 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'
    const hdr = await once('hdr.mp4', [
      ...['-f', 'lavfi', '-i', 'color=c=gray:s=320x240:r=30:d=0.2', '-pix_fmt', 'yuv420p10le'],
      ...['-c:v', 'libx265', '-tag:v', 'hvc1', '-x265-params', `log-level=error:${signal}`],
    ])
    expect((await probeMedia(ffmpeg, hdr)).colorTransfer).toBe('smpte2084')
    const frames = await decodeFrames(await clipOf(hdr, { duration: 0.3 }), 'scale=1:1:flags=area', 1)
    expect(frames).toHaveLength(9)
    // Half the PQ signal is about 92 cd/m², near the 203 of diffuse white: a neutral middle grey.
    const [red = 0, green = 0, blue = 0] = frames[0] ?? []
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(12)
    expect(green).toBeGreaterThan(90)
    expect(green).toBeLessThan(215)
  })

  it('repeats footage that is too short, and starts long footage at its beginning', async () => {
    const short = await once('short.mp4', [
      '-f',
      'lavfi',
      '-i',
      'color=c=red:s=320x320:r=30:d=0.1',
      '-f',
      'lavfi',
      '-i',
      'color=c=lime:s=320x320:r=30:d=0.1',
      '-filter_complex',
      '[0][1]concat=n=2',
      '-pix_fmt',
      'yuv420p',
    ])
    const frames = await decodeFrames(await clipOf(short, { duration: 0.5 }), 'scale=1:1', 1)
    const reds = frames.map((frame) => ((frame[0] ?? 0) > 128 ? 'r' : 'g')).join('')
    expect(reds).toBe('rrrgggrrrgggrrr')
  })

  it('moves a still picture smoothly', async () => {
    const still = await once('dot.png', [
      '-f',
      'lavfi',
      '-i',
      'color=c=black:s=1000x1000,drawbox=x=180:y=180:w=60:h=60:c=white:t=fill',
      '-frames:v',
      '1',
      '-c:v',
      'png',
      '-f',
      'image2',
    ])
    const file = await clipOf(still, { footageKind: 'image', duration: 1 })
    const frames = await decodeFrames(file, 'crop=400:400:60:60,format=gray', 400 * 400)
    const places = frames.map((frame) => centroid(frame, 400))
    const steps = places.slice(1).map((place, index) => {
      const before = places[index] ?? place
      return Math.hypot(place.x - before.x, place.y - before.y)
    })
    const travelled = Math.hypot(
      (places.at(-1)?.x ?? 0) - (places[0]?.x ?? 0),
      (places.at(-1)?.y ?? 0) - (places[0]?.y ?? 0),
    )
    expect(travelled).toBeGreaterThan(8)
    // No step differs from the one before by much more than the one pixel of error that each may have; overall it slows down, but
    // doesn't stop.
    expect(
      Math.max(...steps.slice(1).map((step, index) => Math.abs(step - (steps[index] ?? step)))),
    ).toBeLessThan(1.3)
    const mean = (some: number[]) => some.reduce((sum, step) => sum + step, 0) / some.length
    expect(mean(steps.slice(-8))).toBeGreaterThan(0.4 * mean(steps.slice(0, 8)))
  })

  it('says so when the footage cannot be decoded', async () => {
    const broken = voice
    await expect(clipOf(broken)).rejects.toMatchObject({ code: 'ffmpeg_failed' })
  })

  it('makes stills and previews, and copies that fit', async () => {
    const scene = 'testsrc2=s=640x360:r=30:d=1'
    const footage = await once('scene.mp4', ['-f', 'lavfi', '-i', scene, '-pix_fmt', 'yuv420p'])
    const still = await probeMedia(ffmpeg, onDisk(shop.store, await renderThumbnail(shop, footage)))
    expect(still).toMatchObject({ videoCodec: 'mjpeg', width: 480, height: 270, isImage: true })

    const part = segment({ footageFile: footage, voiceFile: voice })
    const preview = onDisk(shop.store, await renderPreview(shop, part, STYLE))
    const played = await probeMedia(ffmpeg, preview)
    expect(played).toMatchObject({ frames: 30, audioCodec: 'aac' })
    expect(Math.abs((played.audioDuration ?? 0) - 1)).toBeLessThan(1 / 30)

    const { length } = await readFile(preview)
    const limit = Math.round(length * 0.3)
    await makeSmallerCopy(ffmpeg, preview, shop.file('small.mp4'), limit)
    expect((await readFile(shop.file('small.mp4'))).length).toBeLessThanOrEqual(limit)
    expect(await probeMedia(ffmpeg, shop.file('small.mp4'))).toMatchObject({
      frames: 30,
      videoCodec: 'h264',
      audioCodec: 'aac',
    })
    const tooSmall = makeSmallerCopy(ffmpeg, preview, shop.file('none.mp4'), 2000)
    await expect(tooSmall).rejects.toMatchObject({ code: 'ffmpeg_failed' })
  })
})

function formatOf(name: string): string {
  if (/png|jpg|webp$/.test(name)) return 'image2'
  return { mkv: 'matroska', mp4: 'mp4', webm: 'webm', gif: 'gif' }[name.split('.')[1] ?? ''] ?? 'matroska'
}

function centroid(frame: Buffer, width: number): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0]
  for (let pixel = 0; pixel < frame.length / 3; pixel++) {
    const light = Math.max(0, (frame[pixel * 3] ?? 0) - 40)
    sum += light
    x += light * (pixel % width)
    y += light * Math.floor(pixel / width)
  }
  return { x: x / sum, y: y / sum }
}
