import { open } from 'node:fs/promises'
import { asDiskError } from '../../media/ffmpeg/disk-error.ts'
import { ProviderError } from '../../model/errors.ts'
import type { SpeechRequest } from '../../model/providers.ts'
import { OPENAI, type OpenAiAccess, rejectedParameter } from './client.ts'
import { refuseOtherRoute } from './route.ts'

/** WAV loses nothing; servers that cannot make it know MP3. */
const FORMATS = ['wav', 'mp3'] as const
type SoundFormat = (typeof FORMATS)[number]

export interface Speaking {
  access: OpenAiAccess
  model: string
  voice: string
  /** What the server was found to make; kept between calls. */
  format: SoundFormat
}

/** 2000 characters at half speed last about five minutes: 30 MB of 48 kHz mono WAV. */
const MAX_BYTES = 100_000_000
const WHAT = 'The voice service'

/**
 * False for the models that take `speed` and pay no attention to it (OpenAI's reference said so of gpt-4o-mini-tts):
 * their sound is brought to the wanted tempo afterwards, which is right in any case.
 */
export function knowsSpeed(model: string): boolean {
  return !/^gpt-/i.test(model)
}

/** Has a text spoken and streams the sound to `file`. Returns the extension that fits it. @throws ProviderError, UserError `disk_full` */
export async function speakToFile(
  speaking: Speaking,
  request: SpeechRequest,
  file: string,
  signal: AbortSignal,
): Promise<string> {
  const { access, model, format } = speaking
  try {
    const extension = await access.call(WHAT, signal, async (client, timed) => {
      const body = {
        model,
        voice: request.voice ?? speaking.voice,
        input: request.text,
        response_format: format,
        // Left out where it changes nothing, for servers that do not know it.
        ...(request.speed === 1 || !knowsSpeed(model) ? {} : { speed: request.speed }),
      }
      const response = await client.audio.speech.create(body, { signal: timed })
      return save(response, file)
    })
    return extension
  } catch (error) {
    if (format === 'mp3' || !rejectedParameter(error, /format|wav/i)) throw error
    speaking.format = 'mp3'
    return speakToFile(speaking, request, file, signal)
  }
}

async function save(response: Response, file: string): Promise<string> {
  const type = response.headers.get('content-type') ?? ''
  if (/^(text|application\/(json|xml|xhtml))/i.test(type)) {
    await refuseOtherRoute(response)
    throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent a web page instead of audio.`)
  }
  const handle = await open(file, 'w')
  try {
    let bytes = 0
    let head = Buffer.alloc(0)
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > MAX_BYTES) {
        throw new ProviderError(OPENAI, 'too_large', `${WHAT} sent far more audio than the text needs.`)
      }
      if (head.length < HEAD) head = Buffer.concat([head, chunk]).subarray(0, HEAD)
      await asDiskError(handle.writeFile(chunk))
    }
    const extension = soundType(head)
    if (extension === null || bytes <= HEAD) {
      throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent something other than audio.`)
    }
    if (extension === 'wav' && bytes < promisedBytes(head)) {
      throw new ProviderError(OPENAI, 'unavailable', `${WHAT} stopped in the middle of the audio.`)
    }
    return extension
  } finally {
    await handle.close()
  }
}

/** A WAV header; a file that is not longer holds no sound. */
const HEAD = 44

/**
 * Bytes that a WAV header says the file has at least. 0 where it does not know: servers that stream write nothing or as much as
 * fits, which is more than anybody may send.
 */
function promisedBytes(head: Buffer): number {
  // Should be eight less than the file has; some servers write all of it.
  const promised = head.readUInt32LE(4)
  return promised > MAX_BYTES ? 0 : promised
}

/** By the first bytes, because servers call everything audio/mpeg or octet-stream. */
function soundType(head: Buffer): string | null {
  const ascii = head.toString('latin1')
  if (/^RIFF....WAVE/s.test(ascii)) return 'wav'
  if (ascii.startsWith('fLaC')) return 'flac'
  if (ascii.startsWith('OggS')) return 'ogg'
  if (/^....ftyp/s.test(ascii)) return 'm4a'
  const [first = 0, second = 0] = head
  return ascii.startsWith('ID3') || (first === 0xff && (second & 0xe0) === 0xe0) ? 'mp3' : null
}
