/**
 * Splits a file of several concatenated recordings, in formats of which ffmpeg decodes only the first one or loses some of the
 * others: FLAC, MP4 and WebM. All other files stay in one part; MP3, AAC and Ogg are decoded to the end.
 */
export function soundParts(file: Buffer): Buffer[] {
  const starts = startsIn(file)
  if (starts.length < 2) return [file]
  return starts.map((start, index) => file.subarray(start, starts[index + 1]))
}

function startsIn(file: Buffer): number[] {
  if (file.toString('latin1', 0, 4) === 'fLaC') return occurrences(file, FLAC, () => true)
  if (file.toString('latin1', 4, 8) === 'ftyp') return boxes(file)
  if (file.indexOf(EBML) === 0)
    return occurrences(file, EBML, (at) => /webm|matroska/.test(file.toString('latin1', at, at + 64)))
  return [0]
}

/** FLAC's signature, and the beginning of the block that must follow. */
const FLAC = Buffer.from('fLaC\0\0\0\x22', 'latin1')
const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3])

function occurrences(file: Buffer, mark: Buffer, isStart: (at: number) => boolean): number[] {
  const found: number[] = []
  for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + mark.length))
    if (isStart(at)) found.push(at)
  return found
}

/** The offsets at which MP4 files begin, by the sizes of their top-level boxes. */
function boxes(file: Buffer): number[] {
  const found: number[] = []
  for (let at = 0; at + 8 <= file.length; ) {
    if (file.toString('latin1', at + 4, at + 8) === 'ftyp') found.push(at)
    const size = file.readUInt32BE(at)
    const length = size === 1 && at + 16 <= file.length ? Number(file.readBigUInt64BE(at + 8)) : size
    if (length < 8) break
    at += length
  }
  return found
}

/**
 * The length in seconds that a FLAC file states; 0 if there is none. Sound that is far shorter was cut off.
 */
export function promisedSeconds(part: Buffer): number {
  if (part.length < 26 || part.indexOf(FLAC) !== 0) return 0
  // After the signature, the block's header and ten bytes of sizes: 20 bits of rate, 8 of channels and depth, 36 of samples.
  const rate = part.readUIntBE(18, 3) >> 4
  const samples = (part.readUInt8(21) & 0x0f) * 2 ** 32 + part.readUInt32BE(22)
  return rate > 0 ? samples / rate : 0
}

/** Whether an MP3 file has fewer bytes than its Xing header says. */
export function isCutMp3(file: Buffer): boolean {
  const head = file.subarray(0, HEAD)
  const at = Math.max(head.indexOf('Xing'), head.indexOf('Info'))
  if (at < 0 || at + 16 > file.length || !/^(?:ID3|\xff[\xe2-\xff])/.test(file.toString('latin1', 0, 3)))
    return false
  const flags = file.readUInt32BE(at + 4)
  const hasFrames = (flags & 1) === 1
  const bytes = (flags & 2) === 2 ? file.readUInt32BE(at + (hasFrames ? 12 : 8)) : 0
  return file.length - at < bytes * 0.97 - 1000
}

/** The number of bytes to search; the header is in the first frame, after a tag. */
const HEAD = 8192
