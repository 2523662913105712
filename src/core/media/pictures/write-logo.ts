import type { Sharp } from 'sharp'
import sharp from 'sharp'

/** The maximum pixels of the longer side: twice what a film shows. */
const LARGEST = 1280
/** Fractions of the shorter side: the corner radius of opaque logos, and the margin around logos on a plate. */
const ROUND = 0.08
const ROOM = 0.16
const PLATE = { r: 0xf4, g: 0xf4, b: 0xf1 }
/**
 * Relative luminance (WCAG 2.2) below which a colour doesn't stand out from a film's dark end card, and above which it
 * doesn't stand out from the plate.
 */
const DARK = 0.11
const LIGHT = 0.45

/** Writes a logo as a PNG that stands out from a dark background: a dark logo is put on a light plate. @returns its size. */
export async function writeLogo(make: () => Sharp, into: string): Promise<{ width: number; height: number }> {
  const upright = await make()
    .autoOrient()
    .resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = upright.info
  const plain = () => sharp(upright.data, { raw: { width, height, channels: 4 } })
  const shares = sharesOf(upright.data)
  const isSolid = shares.clear < 0.01
  const onPlate = !isSolid && shares.dark > shares.light
  const room = onPlate ? Math.round(ROOM * Math.min(width, height)) : 0
  const size = { width: width + 2 * room, height: height + 2 * room }
  const whole = onPlate ? await platedOn(plain(), room) : await plain().png().toBuffer()
  const radius = Math.round(ROUND * Math.min(size.width, size.height))
  const corners = `<svg width="${size.width}" height="${size.height}"><rect width="100%" height="100%" rx="${radius}"/></svg>`
  const made = sharp(whole)
  const rounded =
    isSolid || onPlate ? made.composite([{ input: Buffer.from(corners), blend: 'dest-in' }]) : made
  await rounded.png().toFile(into)
  return size
}

function platedOn(logo: Sharp, room: number): Promise<Buffer> {
  const sides = { top: room, bottom: room, left: room, right: room }
  return logo
    .extend({ ...sides, background: { ...PLATE, alpha: 1 } })
    .flatten({ background: PLATE })
    .ensureAlpha()
    .png()
    .toBuffer()
}

/** Measures how much of a picture is transparent, and how much of the visible part is dark or light. */
function sharesOf(pixels: Buffer): { clear: number; dark: number; light: number } {
  let [seen, dark, light] = [0, 0, 0]
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = pixels.subarray(at, at + 4)
    const weight = alpha / 255
    const luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    seen += weight
    if (luminance < DARK) dark += weight
    if (luminance > LIGHT) light += weight
  }
  return { clear: 1 - (4 * seen) / pixels.length, dark: dark / (seen || 1), light: light / (seen || 1) }
}

function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
