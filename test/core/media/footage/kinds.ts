import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { make, type Workshop } from '../material.ts'

/** Red at the top left, green beside it, blue below: shows a picture's orientation and whether it is stretched. */
const MARK = (size = '240x160') => {
  const [width = 0, height = 0] = size.split('x').map(Number)
  const box = `w=${width / 2}:h=${height / 2}:t=fill`
  return `color=c=blue:s=${size}:r=25:d=2,drawbox=c=red:${box},drawbox=x=${width / 2}:c=lime:${box}`
}

/** The transformation that undoes each EXIF orientation. */
const UNDONE: Record<number, (upright: Sharp) => Sharp> = {
  1: (upright) => upright,
  2: (upright) => upright.flop(),
  3: (upright) => upright.rotate(180),
  4: (upright) => upright.flip(),
  5: (upright) => upright.rotate(270).flop(),
  6: (upright) => upright.rotate(270),
  7: (upright) => upright.rotate(90).flop(),
  8: (upright) => upright.rotate(90),
}

export async function markPng(): Promise<Buffer> {
  const part = (background: string) =>
    ({ create: { width: 120, height: 80, channels: 3, background } }) as const
  return sharp({ create: { width: 240, height: 160, channels: 3, background: '#00f' } })
    .composite([
      { input: part('#f00'), left: 0, top: 0 },
      { input: part('#0f0'), left: 120, top: 0 },
    ])
    .removeAlpha()
    .png()
    .toBuffer()
}

/** A picture that has to be rotated to show the mark upright. */
export async function turned(mark: Buffer, orientation: number): Promise<Sharp> {
  const pixels = await UNDONE[orientation]?.(sharp(mark)).png().toBuffer()
  return sharp(pixels).withMetadata({ orientation })
}

/** Writes an animated WebP or GIF of a white box moving right over the mark; the last frame is held for a long time. */
export async function movingMark(mark: Buffer, file: string): Promise<void> {
  const box = { create: { width: 40, height: 40, channels: 3, background: '#fff' } } as const
  const frames = await Promise.all(
    [0, 1, 2, 3].map((step) =>
      sharp(mark)
        .composite([{ input: box, left: step * 60, top: 110 }])
        .png()
        .toBuffer(),
    ),
  )
  await sharp(frames, { join: { animated: true } })
    .webp({ delay: [100, 100, 100, 600], lossless: true })
    .toFile(file.endsWith('.webp') ? file : `${file}.webp`)
  if (file.endsWith('.gif')) await sharp(`${file}.webp`, { animated: true }).gif().toFile(file)
}

/** Films as browsers, phones and editors produce them, by name. */
export async function makeFilms(shop: Workshop): Promise<void> {
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '5', '-pix_fmt', 'yuv420p']
  const mark = (filter = '') => ['-f', 'lavfi', '-i', `${MARK()}${filter}`]
  const file = (name: string) => `file:${shop.file(name)}`
  await make([...mark(), ...h264, '-movflags', '+faststart', file('plain.mp4')])
  const copied = ['-i', file('plain.mp4'), '-c', 'copy']
  await Promise.all([
    make([
      ...mark(),
      '-c:v',
      'libvpx',
      '-b:v',
      '1M',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-f',
      'webm',
      '-live',
      '1',
      file('recording.webm'),
    ]),
    make([...copied, '-movflags', 'empty_moov+frag_keyframe', '-f', 'mp4', file('fragments.mp4')]),
    make([...copied, '-f', 'h264', file('bare.264')]),
    make([...copied, '-f', 'mpegts', file('camera.mts')]),
    make([
      ...mark(),
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=error',
      '-f',
      'hevc',
      file('bare.hevc'),
    ]),
    make([...mark(',scale=120:160,setsar=2/1'), ...h264, file('wide pixels.mp4')]),
    ...[90, 180, 270].map(async (degrees) => {
      const back = { 90: 'transpose=1', 180: 'hflip,vflip', 270: 'transpose=2' }[degrees]
      await make([...mark(`,${back}`), ...h264, '-f', 'mp4', file(`flat ${degrees}`)])
      const rotated = ['-i', file(`flat ${degrees}`), '-c', 'copy', '-metadata:s:v', `rotate=${degrees}`]
      await make([...rotated, file(`turned ${degrees}.mov`)])
    }),
    // Half of it is transparent: the background shows through.
    make([
      ...mark(',format=rgba,colorchannelmixer=aa=0'),
      ...['-c:v', 'png', '-f', 'mov', file('transparent.mov')],
    ]),
    make(['-f', 'lavfi', '-i', 'sine=d=1', file('sound.mp4')]),
  ])
  await copyFile(shop.file('plain.mp4'), shop.file('a film called.jpg'))
}

/** Files that can't be used, with the reason for each. */
export async function makeUnusable(shop: Workshop, mark: Buffer): Promise<[name: string, why: string][]> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const grain = sharp({ create: { width: 400, height: 300, channels: 3, background: '#888', noise } })
  const first = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part))
  const film = await readFile(shop.file('plain.mp4'))
  const heic = await readFile(path.join(import.meta.dirname, 'mark.heic'))
  const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'
  const files: [name: string, why: string, content: Buffer | string][] = [
    ['half.jpg', 'incomplete', first(await grain.clone().jpeg().toBuffer(), 0.5)],
    ['half.png', 'incomplete', first(await grain.clone().png().toBuffer(), 0.5)],
    ['half.heic', 'undecodable', first(heic, 0.9)],
    ['half.mp4', 'incomplete', first(film, 0.6)],
    ['copied so far.mp4', 'incomplete', Buffer.concat([first(film, 0.6), Buffer.alloc(film.length)])],
    ['reserved.mp4', 'incomplete', Buffer.alloc(5000)],
    ['empty.mp4', 'empty', ''],
    ['words.mp4', 'undecodable', 'hello'],
    ['drawing.png', 'design', svg],
    ['photoshop.jpg', 'design', '8BPS\0\x01'],
    ['acrobat', 'design', '%PDF-1.7'],
    ['IMG_1.CR2', 'raw', mark],
    ['dot.png', 'too_small', await sharp(mark).resize(1, 1).png().toBuffer()],
  ]
  for (const [name, , content] of files) await writeFile(shop.file(name), content)
  return [...files.map(([name, why]): [string, string] => [name, why]), ['sound.mp4', 'sound']]
}
