import { readFile } from 'node:fs/promises'
import { SAMPLE_RATE } from '../../model/formats.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { fileSource, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { foreignOptions } from '../ffmpeg/foreign.ts'
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts'

/**
 * Decodes at most `maxSeconds` of a file's first audio track to mono samples at 48 kHz, sped up `tempo` times (0.5 to 2) without
 * changing the pitch.
 * @param scratch a path for the raw samples; the caller removes it.
 * @throws UserError like `runFfmpeg`.
 */
export async function decodeAudio(
  ffmpeg: Ffmpeg,
  file: string,
  scratch: string,
  { maxSeconds, tempo = 1 }: { maxSeconds: number; tempo?: number },
  signal: AbortSignal,
): Promise<Int16Array> {
  const filter = tempo === 1 ? [] : ['-af', `atempo=${tempo}`]
  const decode = [
    ...filter,
    '-map',
    '0:a:0',
    '-t',
    String(maxSeconds),
    '-ac',
    '1',
    '-ar',
    String(SAMPLE_RATE),
  ]
  await runFfmpeg(
    ffmpeg,
    {
      global: QUIET,
      inputs: [{ source: fileSource(file), options: await foreignOptions(file) }],
      options: [...decode, '-c:a', 'pcm_s16le', '-f', 's16le'],
      output: scratch,
      seconds: maxSeconds,
      pace: 1,
    },
    { signal },
  )
  const raw = await readFile(scratch)
  return new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length - (raw.length % 2)))
}
