import { crc32 } from 'node:zlib'

/**
 * Builds an animated PNG in pieces, so that it is never completely in memory. Both builds of ffmpeg read it, with alpha and a
 * delay per frame. See the specification's “APNG” chapter (PNG, third edition).
 */
export class ApngPieces {
  #sequence = 0
  readonly #frames: number

  /** @param frames the number of frames, at least 1. */
  constructor(frames: number) {
    this.#frames = frames
  }

  /**
   * Returns the piece for one frame; the first one includes the beginning of the file.
   * @param png a PNG of the same size, depth and colour type as the others. @param delay milliseconds, up to 65535.
   */
  frame(png: Buffer, delay: number): Buffer {
    const chunks = [...chunksOf(png)]
    const header = chunks.find(({ type }) => type === 'IHDR')?.data
    if (header === undefined) throw new Error('This is no PNG.')
    const isFirst = this.#sequence === 0
    const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)
    const control = Buffer.alloc(26)
    control.writeUInt32BE(this.#sequence++, 0)
    header.copy(control, 4, 0, 8)
    control.writeUInt16BE(Math.min(65_535, Math.max(1, Math.round(delay))), 20)
    control.writeUInt16BE(1000, 22)
    return Buffer.concat([
      ...(isFirst ? [png.subarray(0, 8), chunk('IHDR', header), chunk('acTL', this.#counts())] : []),
      chunk('fcTL', control),
      ...data.map((part) => (isFirst ? chunk('IDAT', part) : chunk('fdAT', this.#numbered(part)))),
    ])
  }

  end(): Buffer {
    return chunk('IEND', Buffer.alloc(0))
  }

  #counts(): Buffer {
    const counts = Buffer.alloc(8)
    counts.writeUInt32BE(this.#frames, 0)
    return counts
  }

  #numbered(part: Buffer): Buffer {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(this.#sequence++)
    return Buffer.concat([number, part])
  }
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at)
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
