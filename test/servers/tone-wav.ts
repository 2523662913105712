import { wavFile } from '../../src/core/media/voice/wav-header.ts'

/**
 * A sine tone as 24 kHz mono 16-bit WAV, as speech services send it. `streamed` writes the sizes that a server writes when it
 * doesn't know them yet (all ones).
 */
export function toneWav(seconds: number, { streamed = false } = {}): Buffer {
  const rate = 24_000
  const samples = Int16Array.from({ length: Math.round(seconds * rate) }, (_, index) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 220 * index) / rate)),
  )
  const file = wavFile(samples, rate)
  return streamed ? file.fill(0xff, 4, 8).fill(0xff, 40, 44) : file
}
