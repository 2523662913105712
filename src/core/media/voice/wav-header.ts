/** Bytes before the samples of a WAV file with the plain header. */
export const WAV_HEADER = 44

/**
 * The plain header of a 16-bit WAV file. On its own here, as processes that do nothing but speak use it too.
 * @param bytes Of all samples. @param rate Samples a second of each channel.
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

/** A 16-bit WAV file of these samples, those of the channels in turn. */
export function wavFile(samples: Int16Array, rate: number, channels = 1): Buffer {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  return Buffer.concat([wavHeader(bytes.length, rate, channels), bytes])
}
