import { type FileHandle, open } from 'node:fs/promises'
import { UserError } from '../../model/errors.ts'
import { framesOf, SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../model/formats.ts'
import type { Store } from '../../model/store.ts'
import { withSource } from '../store/sources.ts'
import type { RenderSegment } from '../types.ts'
import { readWavHeader } from '../voice/wav.ts'
import { wavHeader } from '../voice/wav-header.ts'
import { LoudnessMeter } from './loudness.ts'

export interface VoiceTrack {
  /** Without the silence at the end. */
  samples: number
  /** Has measured all voices. */
  meter: LoudnessMeter
}

const CHUNK_BYTES = 1 << 18

/**
 * Writes all voices into one WAV file, each starting at the exact sample at which its clip starts; segments longer than
 * their voice are padded with silence.
 *
 * @param tail samples of silence at the end.
 */
export async function writeVoiceTrack(
  store: Store,
  segments: Pick<RenderSegment, 'voiceFile' | 'duration'>[],
  file: string,
  tail: number,
  signal?: AbortSignal,
): Promise<VoiceTrack> {
  const samples = segments.reduce((sum, segment) => sum + samplesOf(segment.duration), 0)
  const meter = new LoudnessMeter()
  const target = await open(file, 'w')
  try {
    await target.writeFile(wavHeader((samples + tail) * 2, SAMPLE_RATE))
    const buffer = Buffer.alloc(CHUNK_BYTES)
    for (const segment of segments) {
      if (signal?.aborted) throw new UserError('cancelled')
      await withSource(store, segment.voiceFile, (voice) =>
        copyVoice(voice, samplesOf(segment.duration), target, buffer, meter),
      )
    }
    await target.writeFile(Buffer.alloc(tail * 2))
  } finally {
    await target.close()
  }
  return { samples, meter }
}

function samplesOf(duration: number): number {
  return framesOf(duration) * SAMPLES_PER_FRAME
}

async function copyVoice(
  file: string,
  samples: number,
  target: FileHandle,
  buffer: Buffer<ArrayBuffer>,
  meter: LoudnessMeter,
): Promise<void> {
  const voice = await open(file)
  try {
    const data = await readWavHeader(voice)
    const spoken = Math.min(data.samples, samples) * 2
    for (let done = 0; done < samples * 2; ) {
      const wanted = Math.min(buffer.length, samples * 2 - done)
      const fromVoice = Math.max(0, Math.min(wanted, spoken - done))
      const { bytesRead } =
        fromVoice > 0 ? await voice.read(buffer, 0, fromVoice, data.offset + done) : { bytesRead: 0 }
      // A file that has become shorter in the meantime is padded, too.
      const length = bytesRead > 0 ? bytesRead - (bytesRead % 2) : wanted
      if (bytesRead === 0) buffer.fill(0, 0, length)
      meter.add(new Int16Array(buffer.buffer, buffer.byteOffset, length / 2))
      await target.writeFile(buffer.subarray(0, length))
      done += length
    }
  } finally {
    await voice.close()
  }
}
