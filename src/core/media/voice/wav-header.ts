/** The size of a plain WAV header in bytes. */
export const WAV_HEADER = 44

/**
 * The plain header of a 16-bit WAV file. It is a separate module because processes that only speak use it too.
 * @param bytes the size of all samples. @param rate samples per second and channel.
 */
export function wavHeader(bytes: number, rate: number, channels = 1): Buffer {
  const header = Buffer.alloc(WAV_HEADER)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(WAV_HEADER - 8 + bytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(bytes, 40)
  return header
}

/** A 16-bit WAV file with these samples, interleaved by channel. */
export function wavFile(samples: Int16Array, rate: number, channels = 1): Buffer {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  return Buffer.concat([wavHeader(bytes.length, rate, channels), bytes])
}
