import { open } from 'node:fs/promises'
import { decodeWide } from './text-encoding.ts'

/** The content of a text frame: text if its encoding is certain, otherwise its bytes. */
type Id3Text = string | Buffer

/** The frames for title, artist and composer in all ID3v2 versions; their names have three letters before 2.3. */
const FRAMES: Record<string, keyof Id3Texts> = {
  ...{ TIT2: 'title', TPE1: 'artist', TCOM: 'composer' },
  ...{ TT2: 'title', TP1: 'artist', TCM: 'composer' },
}

export interface Id3Texts {
  title?: Id3Text
  artist?: Id3Text
  composer?: Id3Text
}

/** How many frames are examined, and how many bytes of a text frame. */
const MOST_FRAMES = 200
const MOST_TEXT = 4000
/** A flag in the header: bytes were inserted, so sizes don't match the file. Hardly any program writes this. */
const UNSYNCHRONISED = 0x80
const EXTENDED = 0x40

/**
 * The texts at the start of an ID3v2 tag as they were written, since programs declare the wrong encoding or omit the byte
 * order mark. Empty for a file without such a tag, or with one that can't be read.
 */
export async function readId3(file: string): Promise<Id3Texts> {
  const handle = await open(file).catch(() => null)
  if (!handle) return {}
  const at = async (position: number, length: number) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  }
  try {
    return await framesIn(at)
  } catch {
    return {}
  } finally {
    await handle.close()
  }
}

async function framesIn(at: (position: number, length: number) => Promise<Buffer>): Promise<Id3Texts> {
  const found: Id3Texts = {}
  const header = await at(0, 10)
  const [version = 0, flags = 0] = [header[3], header[5]]
  if (header.length < 10 || header.toString('latin1', 0, 3) !== 'ID3' || version < 2 || version > 4) return {}
  if ((flags & (UNSYNCHRONISED | EXTENDED)) !== 0) return {}
  const end = 10 + sevenBits(header.subarray(6, 10))
  const width = version === 2 ? 6 : 10
  let position = 10
  for (let seen = 0; seen < MOST_FRAMES && position + width <= end; seen++) {
    const frame = await at(position, width)
    const size = sizeOf(frame, version)
    const name = frame.toString('latin1', 0, version === 2 ? 3 : 4)
    if (frame.length < width || !/^[A-Z0-9]+$/.test(name) || size === 0 || position + width + size > end)
      break
    const field = FRAMES[name]
    // Frames that are compressed, encrypted or preceded by a length are left to other readers.
    const isPlain = version === 2 || (frame[9] ?? 0) === 0
    if (field && isPlain && size <= MOST_TEXT) found[field] ??= textOf(await at(position + width, size))
    position += width + size
  }
  return found
}

function sizeOf(frame: Buffer, version: number): number {
  if (frame.length < (version === 2 ? 6 : 10)) return 0
  if (version === 2) return frame.readUIntBE(3, 3)
  return version === 4 ? sevenBits(frame.subarray(4, 8)) : frame.readUInt32BE(4)
}

/** Reads a number with seven bits per byte. */
function sevenBits(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
}

/** The first byte gives the encoding: 0 for Latin-1, 1 and 2 for UTF-16, 3 for UTF-8. */
function textOf(content: Buffer): Id3Text {
  const bytes = content.subarray(1)
  const wide =
    content[0] === 1 || content[0] === 2 || /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))
  const text = wide ? decodeWide(bytes, content[0] === 2) : null
  if (text !== null) return text.split('\0')[0] ?? ''
  const last = bytes.indexOf(0)
  return last < 0 ? bytes : bytes.subarray(0, last)
}
