import { type FileHandle, open } from 'node:fs/promises'
import { UserError } from '../../model/errors.ts'
import { SAMPLE_RATE } from '../../model/formats.ts'

/** The position of a WAV file's samples. */
export interface WavData {
  /** Bytes from the start of the file. */
  offset: number
  /** The number of 16-bit samples, of one channel. */
  samples: number
}

/** Reads the header of a 48 kHz mono 16-bit WAV file. @throws UserError `voice_failed` for anything else. */
export async function readWavHeader(file: FileHandle): Promise<WavData> {
  const { size } = await file.stat()
  const header = Buffer.alloc(8)
  const at = async (position: number, length: number) => {
    const { bytesRead } = await file.read(header, 0, length, position)
    return bytesRead === length
  }
  let isRightFormat = false
  for (let position = 12; await at(position, 8); ) {
    const id = header.toString('latin1', 0, 4)
    const length = header.readUInt32LE(4)
    const body = position + 8
    if (id === 'fmt ') isRightFormat = await isVoiceFormat(file, body)
    if (id === 'data') {
      if (!isRightFormat) break
      // A file written to a pipe states no length, or one beyond its end.
      const bytes = Math.min(length, size - body)
      return { offset: body, samples: Math.floor(bytes / 2) }
    }
    position = body + length + (length % 2)
  }
  throw new UserError('voice_failed', { detail: 'the file is not a 48 kHz mono 16-bit WAV.' })
}

/** The length of a voice file in seconds. @throws UserError like `readWavHeader`. */
export async function wavDuration(file: string): Promise<number> {
  const handle = await open(file)
  try {
    return (await readWavHeader(handle)).samples / SAMPLE_RATE
  } finally {
    await handle.close()
  }
}

async function isVoiceFormat(file: FileHandle, position: number): Promise<boolean> {
  const format = Buffer.alloc(16)
  await file.read(format, 0, 16, position)
  const kind = format.readUInt16LE(0)
  // 0xfffe is the extensible format.
  return (
    (kind === 1 || kind === 0xfffe) &&
    format.readUInt16LE(2) === 1 &&
    format.readUInt32LE(4) === SAMPLE_RATE &&
    format.readUInt16LE(14) === 16
  )
}
