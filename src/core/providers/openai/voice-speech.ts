import { open, readFile, writeFile } from 'node:fs/promises'
import { asDiskError } from '../../media/ffmpeg/disk-error.ts'
import { isCutMp3 } from '../../media/voice/sound-parts.ts'
import { pcmAsWav, wholeWav } from '../../media/voice/whole-wav.ts'
import { ProviderError } from '../../model/errors.ts'
import type { SpeechRequest } from '../../model/providers.ts'
import { type OpenAiAccess, rejectedParameter } from './client.ts'
import { OPENAI } from './name.ts'
import { refuseOtherRouteIn } from './route.ts'
import { narrationPace } from './voice-pace.ts'

/** WAV is lossless; servers that can't produce it know MP3. */
const FORMATS = ['wav', 'mp3'] as const
type SoundFormat = (typeof FORMATS)[number]

export interface Speaking {
  access: OpenAiAccess
  model: string
  voice: string
  /** The format the server was found to support; kept between calls. */
  format: SoundFormat
}

/** 2000 characters at half speed last about five minutes: 30 MB of 48 kHz mono WAV. */
const MAX_BYTES = 100_000_000
/** Bytes per second of 48 kHz stereo at 32 bits, the most a voice uses. */
const BYTES_A_SECOND = 384_000
const WHAT = 'The voice service'

/**
 * False for models that accept `speed` but ignore it (OpenAI's reference said so for gpt-4o-mini-tts): their audio is
 * brought to the wanted tempo afterwards, which is correct either way.
 */
export function knowsSpeed(model: string): boolean {
  return !/^gpt-/i.test(model)
}

/**
 * Has a text spoken and streams the audio to `file`.
 * @returns the file extension that matches it.
 * @throws ProviderError, UserError `disk_full`
 */
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
        // Left out if it changes nothing, for servers that don't know it.
        ...(request.speed === 1 || !knowsSpeed(model) ? {} : { speed: request.speed }),
      }
      const response = await client.audio.speech.create(body, { signal: timed })
      return save(response, file, mostBytes(request))
    })
    return extension
  } catch (error) {
    if (format === 'mp3' || !rejectedParameter(error, /format|wav/i)) throw error
    speaking.format = 'mp3'
    return speakToFile(speaking, request, file, signal)
  }
}

/** The most bytes a text can take: five times its expected duration plus 15 seconds. A voice may never stop. */
function mostBytes({ text, language, speed }: SpeechRequest): number {
  const seconds = (text.length / narrationPace(language) / speed) * 5 + 15
  return Math.min(MAX_BYTES, Math.ceil(seconds * BYTES_A_SECOND))
}

async function save(response: Response, file: string, most: number): Promise<string> {
  const type = response.headers.get('content-type') ?? ''
  const handle = await open(file, 'w')
  let extension: string | null = null
  try {
    let bytes = 0
    let head = Buffer.alloc(0)
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > most) {
        throw new ProviderError(OPENAI, 'too_large', `${WHAT} sent far more audio than the text needs.`)
      }
      if (head.length < HEAD) {
        head = Buffer.concat([head, chunk]).subarray(0, Math.max(HEAD, chunk.byteLength))
        if (head.length >= HEAD) extension = soundType(head) ?? (pcmIn(type) ? 'pcm' : refuse(head, type))
      }
      await asDiskError(handle.writeFile(chunk))
    }
    if (extension === null) return refuse(head, type)
    if (bytes <= HEAD) throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent audio without any sound.`)
  } finally {
    await handle.close()
  }
  return putRight(file, extension, type)
}

/** Rejects an answer that doesn't start like audio, whatever type it claims. @throws ProviderError */
function refuse(head: Buffer, type: string): never {
  const said = head.toString('utf8', 0, 500)
  refuseOtherRouteIn(said)
  const isText =
    /^(text|application\/(json|xml|xhtml))/i.test(type) || /^\s*(?:<!doctype|<html|<\?xml|\{\s*")/i.test(said)
  const what = isText ? 'a web page or a message instead of audio' : 'something other than audio'
  throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent ${what}.`)
}

/** Corrects the audio's header. @returns its extension. @throws ProviderError if part of the audio is missing. */
async function putRight(file: string, extension: string, type: string): Promise<string> {
  if (!['wav', 'mp3', 'pcm'].includes(extension)) return extension
  const sent = await readFile(file)
  const pcm = extension === 'pcm' ? pcmIn(type) : null
  const whole = pcm ? pcmAsWav(sent, pcm.rate, pcm.channels) : wholeWav(sent)
  if (whole === 'mixed') {
    throw new ProviderError(OPENAI, 'bad_answer', `${WHAT} sent audio in parts that do not fit together.`)
  }
  if (whole === 'cut_off' || isCutMp3(whole)) {
    throw new ProviderError(OPENAI, 'unavailable', `${WHAT} stopped in the middle of the audio.`)
  }
  if (whole !== sent) await asDiskError(writeFile(file, whole))
  return pcm ? 'wav' : extension
}

/** Length of a WAV header in bytes; a file that isn't longer contains no audio. */
const HEAD = 44

/**
 * Raw samples without a header, if the answer says so. OpenAI's have 24 kHz, and no other server has been seen to declare
 * anything else.
 */
function pcmIn(type: string): { rate: number; channels: number } | null {
  if (!/^audio\/(?:x-)?(?:pcm|l16|raw)\b/i.test(type)) return null
  const number = (name: string) =>
    Number(new RegExp(`\\b${name}\\s*=\\s*"?(\\d{1,6})`, 'i').exec(type)?.[1] ?? 0)
  return { rate: number('rate') || 24_000, channels: Math.min(2, number('channels') || 1) }
}

/** Decided by the first bytes, because servers call everything audio/mpeg or octet-stream. */
function soundType(head: Buffer): string | null {
  const ascii = head.toString('latin1')
  if (/^(?:RIFF|RF64|RIFX)....WAVE/s.test(ascii)) return 'wav'
  if (ascii.startsWith('fLaC')) return 'flac'
  if (ascii.startsWith('OggS')) return 'ogg'
  if (ascii.startsWith('\x1a\x45\xdf\xa3')) return 'webm'
  if (/^FORM....AIF/s.test(ascii)) return 'aiff'
  if (ascii.startsWith('caff')) return 'caf'
  if (/^....ftyp/s.test(ascii)) return 'm4a'
  const [first = 0, second = 0] = head
  // The two layer bits distinguish an AAC frame from an MP3 frame.
  if (first === 0xff && (second & 0xf6) === 0xf0) return 'aac'
  return ascii.startsWith('ID3') || (first === 0xff && (second & 0xe0) === 0xe0) ? 'mp3' : null
}
