import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import sharp from 'sharp'
import type { PlainTile, SheetTask } from './contact-sheet.ts'

/**
 * Runs in a separate process, for one sheet. The argument is a `SheetTask` as JSON; the output is an array of `PlainTile`
 * as one line of JSON.
 */

/** Pixels, except for the number of lines. */
const GAP = 12
const BADGE = { side: 84, radius: 24, font: 56, margin: 12 }
const TITLE = { font: 34, leading: 42, lines: 5, margin: 24 }
const FAMILY = 'Sheet'
const COLOURS = { behind: '#16181d', tile: '#2b2f38', words: '#f2f2ee', badge: 'rgba(11, 13, 18, 0.86)' }
/**
 * The maximum factor between a picture's and its tile's aspect ratios up to which the picture is cropped; beyond it, it is
 * shown whole.
 */
const CROPPED = 1.5
/** Previews are a few hundred pixels wide; nothing reasonable exceeds this. */
const MOST_PIXELS = 50_000_000
const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']

sharp.concurrency(1)
sharp.cache(false)

async function main({ into, tile, columns, font, tiles }: SheetTask): Promise<PlainTile[]> {
  GlobalFonts.registerFromPath(font, FAMILY)
  const rows = Math.ceil(tiles.length / columns)
  const width = columns * (tile.width + GAP)
  const height = rows * (tile.height + GAP)
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const pictures: { input: Buffer; left: number; top: number }[] = []
  const plain: PlainTile[] = []
  for (const [index, { picture, title }] of tiles.entries()) {
    const left = (index % columns) * (tile.width + GAP) + GAP / 2
    const top = Math.floor(index / columns) * (tile.height + GAP) + GAP / 2
    const input =
      picture === null
        ? null
        : await fitted(picture, tile).catch((error: unknown) => {
            plain.push({ tile: index + 1, why: error instanceof Error ? error.message : String(error) })
            return null
          })
    if (input === null) drawPlain(context, title, { left, top, ...tile })
    else pictures.push({ input, left, top })
    drawNumber(context, String(index + 1), left, top)
  }
  await sharp({ create: { width, height, channels: 3, background: COLOURS.behind } })
    .composite([...pictures, { input: canvas.toBuffer('image/png'), left: 0, top: 0 }])
    .jpeg({ quality: 82, mozjpeg: true })
    .toFile(into)
  return plain
}

/** @throws Error if the file doesn't decode. */
async function fitted(file: string, tile: SheetTask['tile']): Promise<Buffer> {
  const image = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' })
  const { format, autoOrient } = await image.metadata()
  if (!FORMATS.includes(format)) throw new Error(`no picture: ${format}`)
  const ratio = autoOrient.width / autoOrient.height / (tile.width / tile.height)
  const isAlike = Math.max(ratio, 1 / ratio) <= CROPPED
  return image
    .autoOrient()
    .resize(tile.width, tile.height, { fit: isAlike ? 'cover' : 'contain', background: COLOURS.tile })
    .flatten({ background: COLOURS.tile })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer()
}

function drawNumber(context: SKRSContext2D, number: string, left: number, top: number): void {
  const [x, y] = [left + BADGE.margin, top + BADGE.margin]
  context.beginPath()
  context.roundRect(x, y, BADGE.side, BADGE.side, BADGE.radius)
  context.fillStyle = COLOURS.badge
  context.fill()
  context.lineWidth = 3
  context.strokeStyle = COLOURS.words
  context.stroke()
  context.font = `${BADGE.font}px ${FAMILY}`
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.fillStyle = COLOURS.words
  const { actualBoundingBoxAscent: ascent } = context.measureText(number)
  context.fillText(number, x + BADGE.side / 2, y + (BADGE.side + ascent) / 2)
}

interface Place {
  left: number
  top: number
  width: number
  height: number
}

function drawPlain(context: SKRSContext2D, title: string, { left, top, width, height }: Place): void {
  context.fillStyle = COLOURS.tile
  context.fillRect(left, top, width, height)
  context.font = `${TITLE.font}px ${FAMILY}`
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.fillStyle = COLOURS.words
  const under = top + BADGE.margin + BADGE.side
  const most = Math.min(TITLE.lines, Math.floor((top + height - under - TITLE.margin) / TITLE.leading))
  const lines = wrapped(context, title, width - 2 * TITLE.margin, most)
  for (const [index, line] of lines.entries())
    context.fillText(line, left + TITLE.margin, under + TITLE.leading * (index + 1))
}

/** Wraps text into at most `most` lines, with an ellipsis if something is cut off. */
function wrapped(context: SKRSContext2D, text: string, width: number, most: number): string[] {
  const fits = (line: string) => context.measureText(line).width <= width
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => broken(each, fits))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  if (lines.length <= most) return lines
  let last = lines[most - 1] ?? ''
  while (last !== '' && !fits(`${last}…`)) last = [...last].slice(0, -1).join('')
  return [...lines.slice(0, Math.max(0, most - 1)), `${last}…`].slice(0, most)
}

/** Splits a word into parts that fit on a line. */
function broken(word: string, fits: (line: string) => boolean): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (part !== '' && !fits(part + character)) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return part === '' ? parts : [...parts, part]
}

const plain = await main(JSON.parse(process.argv[2] ?? ''))
process.stdout.write(`${JSON.stringify(plain)}\n`)
