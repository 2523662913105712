/** Why a WAV can't be repaired. */
export type WavTrouble = 'cut_off' | 'mixed'

/** The size of the format chunk of plain PCM in bytes. */
const PLAIN_FORMAT = 16
/** The size of a header in bytes; a file that isn't longer holds no sound. */
const EMPTY = 44

interface Part {
  /** The unchanged format chunk. */
  format: Buffer
  data: Buffer
}

/**
 * Converts a WAV file to a single WAV with a correct header, whatever its header says and however many WAVs are
 * concatenated in it. Sizes are derived from the file if the header has none (0, all ones), covers only the first part, or
 * states more than there is while its other size is correct. Metadata after the sound is left out.
 * @returns the file itself if it needs no change or isn't a WAV; `cut_off` if both of its sizes exceed the file; `mixed` if
 * its parts differ in format.
 */
export function wholeWav(file: Buffer): Buffer | WavTrouble {
  if (!isHeader(file, 0)) return file
  const starts = headersIn(file)
  const parts: Part[] = []
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? file.length
    const found = readPart(file, start, end)
    if (found === 'cut_off') return found
    if (found) parts.push(found)
  }
  const [first] = parts
  if (!first) return promisesMore(file) ? 'cut_off' : file
  if (parts.some(({ format }) => !isSameFormat(format, first.format))) return 'mixed'
  const whole = assembled(
    first.format,
    parts.map(({ data }) => data),
  )
  return whole.equals(file) ? file : whole
}

/** Adds a header to 16-bit samples that a server sent without one. */
export function pcmAsWav(samples: Buffer, rate: number, channels: number): Buffer {
  const even = samples.subarray(0, samples.length - (samples.length % 2))
  const format = Buffer.alloc(PLAIN_FORMAT)
  format.writeUInt16LE(1, 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(rate, 4)
  format.writeUInt16LE(16, 14)
  // The standard (RFC 3551) requires network byte order, but most send the opposite; speech is smoother in the right one.
  return assembled(format, [
    roughness(even, 'LE') <= roughness(even, 'BE') ? even : Buffer.from(even).swap16(),
  ])
}

function roughness(samples: Buffer, order: 'LE' | 'BE'): number {
  const at = (index: number) => (order === 'LE' ? samples.readInt16LE(index) : samples.readInt16BE(index))
  let sum = 0
  for (let index = 2; index + 1 < Math.min(samples.length, 200_000); index += 2)
    sum += Math.abs(at(index) - at(index - 2))
  return sum
}

function isHeader(file: Buffer, at: number): boolean {
  const text = (from: number) => file.toString('latin1', at + from, at + from + 4)
  return (text(0) === 'RIFF' || text(0) === 'RF64') && text(8) === 'WAVE'
}

/** The offsets at which WAVs begin in a file. */
function headersIn(file: Buffer): number[] {
  const starts: number[] = []
  for (const mark of ['RIFF', 'RF64']) {
    for (let at = file.indexOf(mark, 0, 'latin1'); at >= 0; at = file.indexOf(mark, at + 4, 'latin1'))
      // Twelve matching bytes don't occur by chance in sound.
      if (isHeader(file, at) && (at === 0 || KNOWN.has(file.toString('latin1', at + 12, at + 16))))
        starts.push(at)
  }
  return starts.sort((a, b) => a - b)
}

/** The IDs of known chunks in WAV files. */
const KNOWN = new Set(
  [
    'fmt ',
    'data',
    'LIST',
    'fact',
    'JUNK',
    'junk',
    'PAD ',
    'FLLR',
    'ds64',
    'bext',
    'cue ',
    'smpl',
    'inst',
    'PEAK',
    'id3 ',
    'ID3 ',
  ].concat([
    'iXML',
    '_PMX',
    'axml',
    'acid',
    'afsp',
    'DISP',
    'plst',
    'labl',
    'note',
    'levl',
    'chna',
    'umid',
    'minf',
    'elm1',
    'regn',
    'wavl',
    'slnt',
  ]),
)

/**
 * Bytes by which a size may be wrong: some servers count their header twice or not at all. So little sound wouldn't be
 * missed.
 */
const SLACK = 256
/** From here, the size was unknown when the header was sent: nobody sends a gigabyte of speech. */
const UNKNOWN = 0x3fff0000

function readPart(file: Buffer, start: number, end: number): Part | 'cut_off' | null {
  let format: Buffer | null = null
  for (let at = start + 12; at + 8 <= end; ) {
    const id = file.toString('latin1', at, at + 4)
    const size = file.readUInt32LE(at + 4)
    const body = at + 8
    if (id === 'data') {
      if (format === null) return null
      const bytes = sizeOfData(file, start, body, size, end)
      if (bytes === null) return 'cut_off'
      return { format, data: file.subarray(body, body + bytes) }
    }
    if (id === 'fmt ' && body + PLAIN_FORMAT <= end)
      format = file.subarray(body, Math.min(end, body + Math.min(64, Math.max(PLAIN_FORMAT, size))))
    at = nextChunk(file, body, size, end)
  }
  return null
}

/** Chunks are padded to an even number of bytes, but not by every program. */
function nextChunk(file: Buffer, body: number, size: number, end: number): number {
  const next = body + size
  const isKnown = (at: number) => at + 8 <= end && KNOWN.has(file.toString('latin1', at, at + 4))
  return size % 2 === 1 && !isKnown(next) ? next + 1 : next
}

/** The number of bytes of sound from `body` on; null if the file was cut off. */
function sizeOfData(file: Buffer, start: number, body: number, size: number, end: number): number | null {
  const rest = end - body
  const isKnown = size > 0 && size < UNKNOWN
  if (isKnown && size <= rest && isEndOfSound(file, body, size, end)) return size
  // If another WAV follows, everything up to it was sent.
  if (isKnown && size > rest + SLACK && end === file.length) {
    const stated = file.readUInt32LE(start + 4)
    const vouched = stated > 0 && stated < UNKNOWN && Math.abs(stated + 8 - (end - start)) <= SLACK
    if (!vouched) return null
  }
  // Use everything up to the trailing metadata.
  return rest - notesBehind(file, body, end)
}

/** Whether a sound of this size is followed by the end, or by a chunk that fits into the file. */
function isEndOfSound(file: Buffer, body: number, size: number, end: number): boolean {
  const next = nextChunk(file, body, size, end)
  if (next + 8 > end) return true
  const length = file.readUInt32LE(next + 4)
  return KNOWN.has(file.toString('latin1', next, next + 4)) && next + 8 + length <= end + 1
}

/** The size in bytes of a metadata list or an ID3 tag at the very end. */
function notesBehind(file: Buffer, body: number, end: number): number {
  for (const mark of ['LIST', 'id3 ', 'ID3 ']) {
    const at = file.lastIndexOf(mark, end - 8, 'latin1')
    if (at < body || at + 8 > end) continue
    const left = end - (at + 8 + file.readUInt32LE(at + 4))
    if (left >= 0 && left <= 1) return end - at
  }
  return 0
}

/** Whether a file without any sound states that there is more. */
function promisesMore(file: Buffer): boolean {
  const size = file.readUInt32LE(4)
  return file.length > EMPTY && size < UNKNOWN && size > file.length + SLACK
}

function isSameFormat(one: Buffer, other: Buffer): boolean {
  const facts = (format: Buffer) => [
    kindOf(format),
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ]
  return facts(one).join() === facts(other).join()
}

/** The extensible format states its actual format further on. */
function kindOf(format: Buffer): number {
  const kind = format.readUInt16LE(0)
  return kind === 0xfffe && format.length >= 26 ? format.readUInt16LE(24) : kind
}

/** PCM, float, A-law and µ-law, whose bytes per second follow from the other fields. */
const PLAIN_KINDS = [1, 3, 6, 7]

function assembled(given: Buffer, data: Buffer[]): Buffer {
  const format = Buffer.from(given)
  const frame = bytesOfFrame(format)
  if (frame !== null) {
    format.writeUInt32LE(format.readUInt32LE(4) * frame, 8)
    format.writeUInt16LE(frame, 12)
  }
  const whole = data.map((part) => part.subarray(0, part.length - (part.length % (frame ?? 1))))
  const bytes = whole.reduce((sum, part) => sum + part.length, 0)
  const body = [chunk('fmt ', format.length), format, chunk('data', bytes), ...whole, Buffer.alloc(bytes % 2)]
  const size = body.reduce((sum, part) => sum + part.length, 4)
  return Buffer.concat([chunk('RIFF', size), Buffer.from('WAVE', 'latin1'), ...body])
}

/** The bytes of one sample of all channels; null if they don't follow from the other fields, or make no sense. */
function bytesOfFrame(format: Buffer): number | null {
  const [channels, rate, bits] = [format.readUInt16LE(2), format.readUInt32LE(4), format.readUInt16LE(14)]
  const makesSense = channels > 0 && channels <= 16 && rate > 0 && rate <= 768_000 && bits > 0 && bits <= 64
  return makesSense && PLAIN_KINDS.includes(kindOf(format)) ? Math.ceil(bits / 8) * channels : null
}

function chunk(id: string, size: number): Buffer {
  const head = Buffer.alloc(8)
  head.write(id, 'latin1')
  head.writeUInt32LE(size, 4)
  return head
}
