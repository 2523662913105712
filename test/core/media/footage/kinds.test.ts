import { copyFile, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LocalCheckedFiles } from '../../../../src/bot/program/local/checked-files.ts'
import { checkFootage } from '../../../../src/core/draft/check-footage.ts'
import { renderClip } from '../../../../src/core/media/clip/clip.ts'
import { renderThumbnail } from '../../../../src/core/media/clip/thumbnail.ts'
import { type Ffmpeg, findFfmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { inspectFootage } from '../../../../src/core/media/footage/inspect.ts'
import { tryOut } from '../../../../src/core/media/footage/try-out.ts'
import { pictureTask } from '../../../../src/core/media/pictures/picture-task.ts'
import { makeOrdinary } from '../../../../src/core/media/pictures/pictures.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  decodeFrames,
  EMBEDDED,
  openWorkshop,
  segment,
  voiceFile,
  type Workshop,
} from '../material.ts'
import { makeFilms, makeUnusable, markPng, movingMark, turned } from './kinds.ts'

const STYLE = { format: 'landscape', template: 'clean', language: 'en', seed: 's' } as const
const UPRIGHT = 'red, green, blue'
let pantry: Workshop
let mark: Buffer
let unusable: [name: string, why: string][]

beforeAll(async () => {
  // As in the image process: the same name is a different file later.
  sharp.cache(false)
  pantry = await openWorkshop(await findFfmpeg({ ffmpegPath: EMBEDDED }))
  mark = await markPng()
  await makeFilms(pantry)
  unusable = await makeUnusable(pantry, mark)
})
afterAll(async () => {
  sharp.cache(true)
  await pantry.close()
})

describe('pictures become ordinary ones, whatever they are called', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('a JPEG with the EXIF orientation %d', async (orientation) => {
    const file = pantry.file(`exif ${orientation}.JPG`)
    await (await turned(mark, orientation)).jpeg().toFile(file)
    expect(await seenIn(await converted(file))).toBe(UPRIGHT)
    // Also its thumbnail: a file stored earlier may not have been converted.
    if (orientation === 6)
      expect(await seenIn(onDisk(pantry.store, await renderThumbnail(pantry, file)))).toBe(UPRIGHT)
  })

  it.each(['png', 'webp', 'tiff'] as const)('a turned %s', async (format) => {
    const file = pantry.file(`turned.${format}`)
    await (await turned(mark, 8))[format]().toFile(file)
    expect(await size(file)).toEqual([240, 160])
    expect(await seenIn(await converted(file))).toBe(UPRIGHT)
  })

  it('HEIC from a phone, AVIF, 16 bits, a palette, interlaced lines, one frame of GIF', async () => {
    const heic = path.join(import.meta.dirname, 'mark.heic')
    await copyFile(heic, pantry.file('heic called.jpg'))
    await sharp(mark).avif({ effort: 0 }).toFile(pantry.file('still.avif'))
    await sharp(mark).toColourspace('rgb16').png().toFile(pantry.file('deep.png'))
    await sharp(mark).png({ palette: true }).toFile(pantry.file('palette.png'))
    await sharp(mark).png({ progressive: true }).toFile(pantry.file('interlaced'))
    await sharp(mark).gif().toFile(pantry.file('still.gif'))
    const called = await ordinary(pantry.file('heic called.jpg'))
    expect(await seenIn(called)).toBe(UPRIGHT)
    for (const name of ['still.avif', 'deep.png', 'palette.png', 'interlaced', 'still.gif'])
      expect([name, await seenIn(await converted(pantry.file(name)))]).toEqual([name, UPRIGHT])
  })

  it('CMYK as a printer means it, and grey', async () => {
    await sharp({ create: { width: 99, height: 99, channels: 3, background: '#c00' } })
      .toColourspace('cmyk')
      .jpeg()
      .toFile(pantry.file('print.jpg'))
    expect(await seenIn(await converted(pantry.file('print.jpg')))).toBe('red, red, red')
    await sharp({ create: { width: 99, height: 99, channels: 3, background: '#fff' } })
      .greyscale()
      .png()
      .toFile(pantry.file('grey.png'))
    expect(await seenIn(await converted(pantry.file('grey.png')))).toBe('white, white, white')
  })

  it('light lettering on the dark tone, dark lettering on a light one', async () => {
    for (const [ink, behind] of [
      ['#000', 'white'],
      ['#ff0', 'black'],
    ] as const) {
      const middle = { create: { width: 80, height: 40, channels: 3, background: ink } } as const
      await sharp({ create: { width: 240, height: 160, channels: 4, background: '#0000' } })
        .composite([{ input: middle, left: 80, top: 60 }])
        .webp({ lossless: true })
        .toFile(pantry.file('logo.webp'))
      expect(await seenIn(await converted(pantry.file('logo.webp')))).toBe(`${behind}, ${behind}, ${behind}`)
    }
  })

  it('no larger than it can be seen; more than any camera has is refused', async () => {
    const blank = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#f00' }, limitInputPixels: false })
    await blank(9000, 2900).jpeg().toFile(pantry.file('large.jpg'))
    const made = await sharp(await converted(pantry.file('large.jpg'))).metadata()
    expect([made.width, made.height]).toEqual([8192, 2640])
    // Only the header claims this size.
    const bomb = await blank(10, 10).png().toBuffer()
    bomb.writeUInt32BE(30_000, 16)
    bomb.writeUInt32BE(30_000, 20)
    await writeFile(pantry.file('bomb.png'), bomb)
    const refused = inspectFootage(pantry.ffmpeg, pantry.file('bomb.png'))
    await expect(refused).rejects.toMatchObject({ why: expect.stringMatching('too_large|undecodable') })
  })

  it('an animated WebP moves, and holds its last frame', async () => {
    await movingMark(mark, pantry.file('moving.webp'))
    const file = await ordinary(pantry.file('moving.webp'))
    const checked = await checkFootage(checking(pantry.ffmpeg), 'media', file)
    expect(checked).toMatchObject({ kind: 'video', duration: expect.closeTo(0.9, 1) })
    expect(
      new Set((await decodeFrames(file, 'crop=240:40:0:110,scale=4:1:flags=area', 4)).map(String)).size,
    ).toBe(4)
  })

  it('a plain one stays as it is', async () => {
    await writeFile(pantry.file('plain.png'), mark)
    expect(await readFile(await ordinary(pantry.file('plain.png')))).toEqual(mark)
  })
})

describe.each(await builds())('films with the %s build', (_, ffmpeg: Ffmpeg) => {
  let shop: Workshop
  let voiceOf: string
  beforeAll(async () => {
    shop = await openWorkshop(ffmpeg)
    voiceOf = await voiceFile(shop.file('voice.wav'), 3, () => 0)
  })
  afterAll(() => shop.close())

  const clipOf = async (footageFile: string) => {
    const part = segment({ footageFile, voiceFile: voiceOf, text: '\u200b', duration: 0.1 })
    return onDisk(shop.store, await renderClip(shop, part, STYLE))
  }

  it.each(['recording.webm', 'fragments.mp4', 'bare.264', 'bare.hevc', 'camera.mts', 'a film called.jpg'])(
    '%s has its length',
    async (name) => {
      const file = pantry.file(name)
      const { duration, ...rest } = await inspectFootage(ffmpeg, file)
      expect(rest).toEqual({ width: 240, height: 160, isImage: false })
      expect(Math.abs((duration ?? 0) - 2)).toBeLessThan(0.2)
      await tryOut(shop, file)
      expect(await checkFootage(checking(ffmpeg), 'media', file)).toMatchObject({ kind: 'video' })
    },
  )

  it.each(['turned 90.mov', 'turned 180.mov', 'turned 270.mov', 'wide pixels.mp4'])(
    '%s is upright and not stretched',
    async (name) => {
      expect(await inspectFootage(ffmpeg, pantry.file(name))).toMatchObject({ width: 240, height: 160 })
      expect(await seenIn(await clipOf(pantry.file(name)))).toBe(UPRIGHT)
      expect(await seenIn(onDisk(shop.store, await renderThumbnail(shop, pantry.file(name))))).toBe(UPRIGHT)
    },
  )

  it('what is transparent in a film shows the dark tone', async () => {
    expect(await seenIn(await clipOf(pantry.file('transparent.mov')))).toBe('black, black, black')
  })

  it('a GIF whose last frame stays for long is whole', async () => {
    const file = shop.file('moving.gif')
    await movingMark(mark, file)
    await tryOut(shop, file)
    const checked = await checkFootage(checking(ffmpeg), 'media', file)
    expect(checked).toMatchObject({ kind: 'video', duration: expect.closeTo(0.9, 1) })
  })

  it('what cannot be used is known for what it is before it is offered', async () => {
    const found = await Promise.all(
      unusable.map(async ([name]) => {
        const file = pantry.file(name)
        const trying = inspectFootage(ffmpeg, file).then(() => tryOut(shop, file))
        return [
          name,
          await trying.then(
            () => 'usable',
            ({ why }) => why,
          ),
        ]
      }),
    )
    expect(found).toEqual(unusable)
  })
})

function checking(ffmpeg: Ffmpeg) {
  return { ffmpeg, checkedFiles: new LocalCheckedFiles() }
}

async function size(file: string): Promise<number[]> {
  const { width, height } = await inspectFootage(pantry.ffmpeg, file)
  return [width, height]
}

/** Same as `ordinary`, but without the separate process that the program uses; other files' tests cover that process. */
async function converted(file: string): Promise<string> {
  const [copy, made] = [pantry.file('ordinary'), pantry.file('ordinary.made')]
  await copyFile(file, copy)
  const answer = await pictureTask(['convert', copy, made])
  expect(answer.as).toMatch(/^(it is|still)$/)
  if (answer.as === 'still') await rename(made, copy)
  return copy
}

/** A copy of a file, converted as for the store. */
async function ordinary(file: string): Promise<string> {
  const copy = pantry.file('ordinary')
  await copyFile(file, copy)
  await makeOrdinary(copy)
  return copy
}

/** The colours at the top left, top right and bottom of a picture or of a film's first frame. */
async function seenIn(file: string): Promise<string> {
  const [frame] = await decodeFrames(file, 'scale=8:4:flags=area', 32, ['-frames:v', '1'])
  const at = (x: number, y: number) => colour([...(frame ?? []).slice((y * 8 + x) * 3, (y * 8 + x) * 3 + 3)])
  return [at(1, 0), at(6, 0), at(1, 3)].join(', ')
}

function colour(rgb: number[]): string {
  const bright = rgb.map((part) => (part > 140 ? 1 : 0)).join('')
  return (
    { '100': 'red', '010': 'green', '001': 'blue', '111': 'white', '000': 'black' }[bright] ?? `rgb ${rgb}`
  )
}
