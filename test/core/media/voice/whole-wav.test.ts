import { describe, expect, it } from 'vitest'
import { pcmAsWav, wholeWav } from '../../../../src/core/media/voice/whole-wav.ts'

/** Bytes that resemble sound: a tone that differs slightly for each `seed`. */
function tone(bytes: number, seed = 1): Buffer {
  const data = Buffer.alloc(bytes)
  for (let at = 0; at + 1 < bytes; at += 2)
    data.writeInt16LE(Math.round(9000 * Math.sin((at * seed) / 40)), at)
  return data
}

interface Header {
  id?: string
  riff?: number
  size?: number
  kind?: number
  channels?: number
  bits?: number
  rate?: number
  byteRate?: number
  before?: Buffer
  behind?: Buffer
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const chunk = (id: string, body: Buffer, size = body.length) =>
  Buffer.concat([Buffer.from(id, 'latin1'), u32(size), body])

function formatOf({
  kind = 1,
  channels = 1,
  bits = 16,
  rate = 24_000,
  byteRate = (rate * channels * bits) / 8,
}: Header) {
  const format = Buffer.alloc(kind === 0xfffe ? 40 : 16)
  format.writeUInt16LE(kind, 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(rate, 4)
  format.writeUInt32LE(byteRate, 8)
  format.writeUInt16LE((channels * bits) / 8, 12)
  format.writeUInt16LE(bits, 14)
  if (kind === 0xfffe) {
    format.writeUInt16LE(22, 16)
    format.writeUInt16LE(1, 24)
  }
  return format
}

function wav(data: Buffer, header: Header = {}): Buffer {
  const { id = 'RIFF', before = Buffer.alloc(0), behind = Buffer.alloc(0), size = data.length } = header
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    before,
    chunk('fmt ', formatOf(header)),
    chunk('data', data, size),
    behind,
  ])
  return Buffer.concat([Buffer.from(id), u32(header.riff ?? body.length), body])
}

/** The sound of a WAV with a correct header. */
function soundOf(file: Buffer | string): Buffer {
  if (typeof file === 'string') throw new Error(file)
  expect(file.toString('latin1', 0, 4)).toBe('RIFF')
  expect(file.readUInt32LE(4)).toBe(file.length - 8)
  const at = file.indexOf('data', 12, 'latin1')
  const size = file.readUInt32LE(at + 4)
  expect(file.length - (at + 8 + size)).toBe(size % 2)
  return file.subarray(at + 8, at + 8 + size)
}

const sound = tone(48_000)
const [one, two, three] = [tone(30_000, 1), tone(20_000, 2), tone(24_000, 3)]
const all = Buffer.concat([one, two, three])
const list = chunk('LIST', Buffer.from('INFOISFT\x0e\0\0\0Lavf58.29.100\0', 'latin1'))
const streamed = { size: 0xffffffff, riff: 0xffffffff }

describe('one WAV', () => {
  it.each<[string, Buffer]>([
    ['sizes of 0', wav(sound, { size: 0, riff: 0 })],
    ['sizes of all ones', wav(sound, streamed)],
    ['sizes of all ones less the header', wav(sound, { size: 0xffffffff - 44, riff: 0xffffffff - 8 })],
    ['the largest signed sizes', wav(sound, { size: 0x7fffffff - 36, riff: 0x7fffffff })],
    ['sizes too small', wav(sound, { size: 1200, riff: 1236 })],
    ['the size of the file right and that of the sound too large', wav(sound, { size: 96_000 })],
    ['the size of the sound right and that of the file too large', wav(sound, { riff: 500_000 })],
    ['the size of the sound right and that of the file too small', wav(sound, { riff: 36 })],
    ['a header that counts itself', wav(sound, { size: sound.length + 44, riff: sound.length + 44 })],
    ['a wrong byte rate', wav(sound, { byteRate: 1 })],
    ['notes before the sound', wav(sound, { before: list })],
    [
      'notes of an odd length, padded',
      wav(sound, { before: Buffer.concat([chunk('LIST', Buffer.from('INFOa')), Buffer.alloc(1)]) }),
    ],
    ['notes of an odd length, not padded', wav(sound, { before: chunk('LIST', Buffer.from('INFOa')) })],
    ['notes behind the sound', wav(sound, { behind: list })],
    ['notes behind a sound of unknown size', wav(sound, { behind: list, ...streamed })],
    [
      'an ID3 tag behind a sound of unknown size',
      wav(sound, { behind: chunk('id3 ', Buffer.from('ID3abc')), ...streamed }),
    ],
    ['RF64', wav(sound, { id: 'RF64', before: chunk('ds64', Buffer.alloc(28)), ...streamed })],
    ['the extensible form', wav(sound, { kind: 0xfffe, ...streamed })],
    ['A-law', wav(sound, { kind: 6, bits: 8, ...streamed })],
    ['24 bits in stereo', wav(sound, { bits: 24, channels: 2, size: 0 })],
    ['floats', wav(sound, { kind: 3, bits: 32, size: 600 })],
  ])('is whole with %s', (_what, file) => {
    expect(soundOf(wholeWav(file)).equals(sound)).toBe(true)
  })

  it('is left alone when its header is true, or it is none', () => {
    for (const file of [
      wav(sound),
      Buffer.from('RIFFxxxxWAVE'),
      Buffer.from('<html>'),
      Buffer.alloc(0),
      tone(99),
    ])
      expect(wholeWav(file)).toBe(file)
  })

  it('loses no more than a piece of a sample at its end', () => {
    expect(soundOf(wholeWav(wav(sound.subarray(0, 4801), streamed))).equals(sound.subarray(0, 4800))).toBe(
      true,
    )
  })

  it.each<[string, Buffer]>([
    ['in its sound', wav(sound).subarray(0, 20_000)],
    ['near its end', wav(sound).subarray(0, 47_000)],
    ['before its sound', wav(sound, { before: chunk('JUNK', Buffer.alloc(900)) }).subarray(0, 600)],
  ])('is known to be cut off %s', (_where, file) => {
    expect(wholeWav(file)).toBe('cut_off')
  })
})

describe('several WAVs in a row', () => {
  it.each<[string, Buffer[]]>([
    ['each with a true header', [wav(one), wav(two), wav(three)]],
    ['each of unknown size', [wav(one, streamed), wav(two, streamed), wav(three, streamed)]],
    ['each of no size', [wav(one, { size: 0 }), wav(two, { size: 0 }), wav(three, { size: 0 })]],
    ['with notes behind each', [one, two, three].map((data) => wav(data, { behind: list }))],
    [
      'with notes and unknown sizes',
      [one, two, three].map((data) => wav(data, { behind: list, ...streamed })),
    ],
    ['the first header counting all', [wav(one, { size: 74_088, riff: 74_124 }), wav(two), wav(three)]],
    ['the rest without headers', [wav(one), two, three]],
    ['one without any sound between', [wav(one), wav(Buffer.alloc(0)), wav(two), wav(three)]],
  ])('are one narration: %s', (_how, files) => {
    expect(soundOf(wholeWav(Buffer.concat(files))).equals(all)).toBe(true)
  })

  it('are refused when their formats differ, and when the last is cut off', () => {
    expect(wholeWav(Buffer.concat([wav(one), wav(two, { rate: 22_050 })]))).toBe('mixed')
    expect(wholeWav(Buffer.concat([wav(one), wav(two, { channels: 2 })]))).toBe('mixed')
    expect(wholeWav(Buffer.concat([wav(one), wav(two).subarray(0, 9000)]))).toBe('cut_off')
  })
})

it('finds the order of bytes of samples without a header', () => {
  for (const sent of [sound, Buffer.from(sound).swap16()])
    expect(soundOf(pcmAsWav(sent, 24_000, 1)).equals(sound)).toBe(true)
})

it('does not fall over anything', () => {
  const file = wav(sound.subarray(0, 400), { before: list, behind: list })
  for (let length = 0; length < file.length; length++) wholeWav(file.subarray(0, length))
  for (let at = 0; at < 100; at++)
    for (const value of [0, 255])
      wholeWav(Buffer.concat([file.subarray(0, at), Buffer.alloc(4, value), file.subarray(at + 4)]))
  expect(
    wholeWav(Buffer.concat(Array.from({ length: 3000 }, () => Buffer.from('RIFF\0\0\0\0WAVEdata\0\0\0\0')))),
  ).toBeInstanceOf(Buffer)
})
