/**
 * A sine tone as 24 kHz mono 16-bit WAV, as speech services send it. `streamed` writes the sizes that a
 * server writes which does not know them yet (all ones).
 */
export function toneWav(seconds: number, { streamed = false } = {}): Buffer {
  const rate = 24_000
  const samples = Math.round(seconds * rate)
  const data = Buffer.alloc(samples * 2)
  for (let index = 0; index < samples; index++) {
    data.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 220 * index) / rate)), index * 2)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(streamed ? 0xffffffff : 36 + data.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(streamed ? 0xffffffff : data.length, 40)
  return Buffer.concat([header, data])
}
