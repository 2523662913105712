import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { writeContactSheet } from '../../../../src/core/media/pictures/contact-sheet.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { temporaryFolder } from '../../../factories/folder.ts'

const signal = new AbortController().signal

async function stage() {
  const folder = await temporaryFolder()
  await mkdir(path.join(folder, 'previews'))
  const put = async (name: string, content: Buffer) => {
    await writeFile(path.join(folder, 'previews', name), content)
    return `previews/${name}`
  }
  const picture = (name: string, width: number, height: number, background: string) => {
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    context.fillStyle = background
    context.fillRect(0, 0, width, height)
    return put(name, canvas.toBuffer('image/png'))
  }
  const file = path.join(folder, 'sheet.jpg')
  const write = (tiles: (string | null)[], format: 'shorts' | 'landscape' | 'square', title = 'Bees') =>
    writeContactSheet(
      new LocalStore(folder),
      format,
      tiles.map((picture) => ({ picture, title })),
      file,
      { signal },
    )
  /** The sheet, and a function that reads the colour at a position in pixels. */
  const read = async () => {
    const { data, info } = await sharp(await readFile(file))
      .raw()
      .toBuffer({ resolveWithObject: true })
    const colourAt = (left: number, top: number) => {
      const at = (top * info.width + left) * 3
      return [...data.subarray(at, at + 3)]
    }
    return { width: info.width, height: info.height, colourAt }
  }
  return { put, picture, write, read }
}

it('shows up to six pictures of any shape in numbered tiles, and a plain one for each that cannot be had', async () => {
  const { put, picture, write, read } = await stage()
  const tiles = [
    await picture('upright.png', 90, 160, '#ff0000'),
    await picture('wide.png', 320, 40, '#00ff00'),
    null,
    await put('damaged.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(64)])),
    // It would be drawn by another library, and could refer to other files.
    await put('drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
    await picture('square.png', 100, 100, '#0000ff'),
  ]
  const plain = await write(tiles, 'shorts')
  expect(plain).toEqual([{ tile: 4, why: expect.stringMatching(/./) }])
  const sheet = await read()
  expect(sheet).toMatchObject({ width: 972, height: 856 })
  const near = (colour: number[], wanted: number[]) =>
    colour.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) < 40)
  const centre = (place: number) => sheet.colourAt((place % 3) * 324 + 162, Math.floor(place / 3) * 428 + 300)
  expect(near(centre(0), [255, 0, 0])).toBe(true)
  // Shown in full on a plain tile.
  expect(near(sheet.colourAt(324 + 162, 214), [0, 255, 0])).toBe(true)
  for (const place of [1, 2, 3, 4]) expect(near(centre(place), [43, 47, 56])).toBe(true)
  expect(near(centre(5), [0, 0, 255])).toBe(true)
  // The number: white on a dark badge, at least 14 pixels high when the sheet is shown 390 wide.
  const column = Array.from({ length: 84 }, (_, row) => sheet.colourAt(18 + 42, 18 + row))
  const rows = column.flatMap((colour, row) => (near(colour, [242, 242, 238]) ? [row] : []))
  const inside = rows.filter((row) => row > 8 && row < 76)
  const height = Math.max(...inside) - Math.min(...inside)
  expect(height * (390 / sheet.width)).toBeGreaterThan(14)

  await write(tiles.slice(0, 4), 'square')
  expect(await read()).toMatchObject({ width: 648, height: 648 })
  await write([null], 'landscape', '꿀벌 🐝 '.repeat(60))
  expect(await read()).toMatchObject({ width: 486, height: 279 })
})
