import { open } from 'node:fs/promises'
import { SAMPLE_RATE } from '../../model/formats.ts'
import { readWavHeader } from './wav.ts'

/** Values per second of sound: as many as a waveform on a screen can show. */
export const PEAKS_A_SECOND = 20
/** Seconds to read at once. */
const CHUNK = 10

/**
 * The peak of each twentieth of a second of a voice file, 0 to 1 in hundredths; the last one may cover less.
 * @throws UserError `voice_failed` if it isn't a 48 kHz mono 16-bit WAV.
 */
export async function readPeaks(file: string): Promise<number[]> {
  const handle = await open(file)
  try {
    const { offset, samples } = await readWavHeader(handle)
    const each = SAMPLE_RATE / PEAKS_A_SECOND
    const peaks: number[] = []
    const buffer = Buffer.alloc(CHUNK * SAMPLE_RATE * 2)
    for (let at = 0; at < samples; at += CHUNK * SAMPLE_RATE) {
      const wanted = Math.min(CHUNK * SAMPLE_RATE, samples - at)
      const { bytesRead } = await handle.read(buffer, 0, wanted * 2, offset + at * 2)
      const got = Math.floor(bytesRead / 2)
      for (let start = 0; start < got; start += each) {
        let peak = 0
        for (let index = start; index < Math.min(start + each, got); index++)
          peak = Math.max(peak, Math.abs(buffer.readInt16LE(index * 2)))
        peaks.push(Math.round((peak / 32_768) * 100) / 100)
      }
      if (got < wanted) break
    }
    return peaks
  } finally {
    await handle.close()
  }
}
