import { readFile } from 'node:fs/promises'
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { PictureAnswer } from './pictures.ts'
import { writeAnimation } from './write-animation.ts'
import { writeLogo } from './write-logo.ts'

/** The limit for a file; the largest phone sensors have 200 million. */
const MOST_PIXELS = 200_000_000
/** The limit for all frames of an animation together. */
const MOST_MOVING_PIXELS = 1_000_000_000
/** The limit for the output: twice what a film shows at its closest. */
const LARGEST = { pixels: 24_000_000, side: 8192 }
/** The background of transparent pictures: the dark tone around captions, or a light one if the picture itself is dark. */
const BEHIND = { dark: { r: 0x14, g: 0x16, b: 0x1c }, light: { r: 0xf2, g: 0xf2, b: 0xee } }
/** The mean brightness of the non-transparent part, 0 to 255, below which it wouldn't be visible on the dark tone. */
const DARK = 90
/** Formats that every ffmpeg build reads alike, as long as there is nothing to rotate, flatten or convert. */
const ORDINARY = ['jpeg', 'png']

/** A truncated picture must not pass as a complete one. */
const OPEN = { limitInputPixels: false, failOn: 'truncated' } as const

/**
 * Performs one task with someone else's picture. In the program only `picture-process.ts` calls this, because decoding may crash
 * the process.
 * @param args `look FILE`, `convert FILE INTO` or `logo FILE INTO`.
 */
export async function pictureTask(args: string[]): Promise<PictureAnswer> {
  return work(args).catch((error: unknown): PictureAnswer => {
    const said = error instanceof Error ? error.message : String(error)
    const isCut =
      /truncat|premature|read error|unexpected end|end of (stream|file)|read gap|not enough/i.test(said)
    return { as: 'unusable', why: isCut ? 'incomplete' : 'undecodable' }
  })
}

async function work([task, file = '', into = '']: string[]): Promise<PictureAnswer> {
  const opened = await open(file)
  if (opened === null) return { as: 'unknown' }
  const { make, metadata } = opened
  const { pages = 1, format } = metadata
  const height = metadata.pageHeight ?? metadata.height
  const pixels = metadata.width * height
  if (pixels > MOST_PIXELS) return { as: 'unusable', why: 'too_large' }
  const moves = pages > 1 && (format === 'webp' || format === 'gif')
  if (moves && pixels * pages > MOST_MOVING_PIXELS) return { as: 'unusable', why: 'too_large' }
  const turns = (metadata.orientation ?? 1) >= 5
  const size = turns ? { width: height, height: metadata.width } : { width: metadata.width, height }
  const seconds = moves ? (metadata.delay ?? []).reduce((sum, delay) => sum + delayOf(delay), 0) / 1000 : null
  if (task === 'look') return { as: 'still', ...size, seconds }
  if (task === 'logo') return { as: 'still', ...(await writeLogo(make, into)), seconds: null }
  if (moves && format === 'gif') {
    await sharp(file, { ...OPEN, animated: true })
      .resize(64)
      .raw()
      .toBuffer()
    return { as: 'it is' }
  }
  if (moves) await writeAnimation(file, metadata, (metadata.delay ?? []).map(delayOf), into)
  else if (isOrdinary(metadata)) {
    // Only decoding shows whether it is complete.
    await make().resize(64).raw().toBuffer()
    return { as: 'it is' }
  } else await writeStill(make, metadata, size, into)
  return { as: 'still', ...size, seconds }
}

/** Returns null if the file isn't a picture, or not one that can be read here: ffmpeg may be able to. */
async function open(file: string): Promise<{ make: () => Sharp; metadata: Metadata } | null> {
  const metadata = await sharp(file, OPEN)
    .metadata()
    .catch(() => null)
  if (metadata === null) return null
  if (metadata.format !== 'heif' || metadata.compression === 'av1')
    return { metadata, make: () => sharp(file, OPEN) }
  if (metadata.width * metadata.height > MOST_PIXELS) return { metadata, make: () => sharp(file, OPEN) }
  // The decoder takes as long to load as everything else, and few pictures need it.
  const { decodeHeic } = await import('./heic.ts')
  const { width, height, data } = await decodeHeic(await readFile(file))
  const raw = { width, height, channels: 4 } as const
  const make = () => sharp(data, { raw, limitInputPixels: false })
  // It is already upright.
  return { make, metadata: { ...metadata, width, height, hasAlpha: true, orientation: 1, pages: 1 } }
}

function isOrdinary({
  format,
  space,
  depth,
  hasAlpha,
  hasProfile,
  orientation = 1,
  width,
  height,
}: Metadata) {
  const fits = width * height <= LARGEST.pixels && Math.max(width, height) <= LARGEST.side
  const isPlain = space === 'srgb' && depth === 'uchar' && !hasAlpha && !hasProfile && orientation === 1
  return fits && isPlain && ORDINARY.includes(format ?? '')
}

/** Writes it upright, in 8-bit sRGB, without alpha, and no larger than a film can show. */
async function writeStill(
  make: () => Sharp,
  { hasAlpha }: Metadata,
  { width, height }: { width: number; height: number },
  into: string,
): Promise<void> {
  const scale = Math.min(
    1,
    Math.sqrt(LARGEST.pixels / (width * height)),
    LARGEST.side / Math.max(width, height),
  )
  const background = hasAlpha ? await backgroundFor(make) : null
  const sized = make()
    .autoOrient()
    .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), { fit: 'fill' })
  await (background === null ? sized : sized.flatten({ background }))
    .toColourspace('srgb')
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toFile(into)
}

async function backgroundFor(make: () => Sharp) {
  const small = make().resize(64, 64, { fit: 'inside' }).toColourspace('srgb').ensureAlpha()
  const { data } = await small.raw().toBuffer({ resolveWithObject: true })
  let [light, weight] = [0, 0]
  for (let at = 0; at + 3 < data.length; at += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = data.subarray(at, at + 4)
    light += (0.299 * r + 0.587 * g + 0.114 * b) * alpha
    weight += alpha
  }
  return weight > 0 && light / weight < DARK ? BEHIND.light : BEHIND.dark
}

/** Milliseconds; like browsers, this gives frames with almost no delay a tenth of a second. */
function delayOf(delay: number): number {
  return delay > 10 ? delay : 100
}
