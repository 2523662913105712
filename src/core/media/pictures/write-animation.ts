import { open } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'
import { ApngPieces } from './apng.ts'

/** The number of pixels of frames in memory at once, four bytes each. */
const AT_ONCE = 24_000_000
/** Milliseconds that the second copy of the last frame is shown. */
const MOMENT = 40
/** The maximum pixels of the output's longer side. */
const LONGEST_SIDE = 1920

/** Writes an animated WebP as an animated PNG, a few frames at a time. */
export async function writeAnimation(
  file: string,
  { width, pageHeight, height, pages = 1 }: Metadata,
  delays: number[],
  into: string,
): Promise<void> {
  const tall = pageHeight ?? height
  const batch = Math.max(1, Math.floor(AT_ONCE / (width * tall)))
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, tall))
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(tall * scale)),
  }
  const pieces = new ApngPieces(pages + 1)
  let last = Buffer.alloc(0)
  const target = await open(into, 'w')
  try {
    for (let first = 0; first < pages; first += batch) {
      const count = Math.min(batch, pages - first)
      const { data } = await sharp(file, {
        page: first,
        pages: count,
        limitInputPixels: false,
        failOn: 'truncated',
      })
        .resize(size.width, size.height, { fit: 'fill' })
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const bytes = size.width * size.height * 4
      for (let index = 0; index < count; index++) {
        const raw = { ...size, channels: 4 } as const
        const png = sharp(data.subarray(index * bytes, (index + 1) * bytes), { raw }).png({
          compressionLevel: 3,
        })
        last = await png.toBuffer()
        const delay = delays[first + index] ?? 100
        await target.writeFile(pieces.frame(last, first + index === pages - 1 ? delay - MOMENT : delay))
      }
    }
    // Nothing after the last frame says how long it is shown, so it is written twice, the second time for a moment.
    await target.writeFile(pieces.frame(last, MOMENT))
    await target.writeFile(pieces.end())
  } finally {
    await target.close()
  }
}
