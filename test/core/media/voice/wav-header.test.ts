import { expect, it } from 'vitest'
import { wavFile } from '../../../../src/core/media/voice/wav-header.ts'

it.each([
  ['mono', 48_000, 1, 96_000, 2],
  ['stereo', 44_100, 2, 176_400, 4],
])('describes %s samples, and holds them as they are', (_, rate, channels, bytesASecond, bytesOfAFrame) => {
  // Samples that don't start at the beginning of their buffer.
  const file = wavFile(new Int16Array([9, 1, -2, 3, -4]).subarray(1), rate, channels)
  expect(file.toString('latin1', 0, 4)).toBe('RIFF')
  expect(file.readUInt32LE(4)).toBe(file.length - 8)
  expect(file.toString('latin1', 8, 16)).toBe('WAVEfmt ')
  expect([file.readUInt32LE(16), file.readUInt16LE(20), file.readUInt16LE(22)]).toEqual([16, 1, channels])
  expect([file.readUInt32LE(24), file.readUInt32LE(28)]).toEqual([rate, bytesASecond])
  expect([file.readUInt16LE(32), file.readUInt16LE(34)]).toEqual([bytesOfAFrame, 16])
  expect([file.toString('latin1', 36, 40), file.readUInt32LE(40)]).toEqual(['data', 8])
  expect([44, 46, 48, 50].map((at) => file.readInt16LE(at))).toEqual([1, -2, 3, -4])
})
