import { rm, stat, writeFile } from 'node:fs/promises'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { ProviderError, UserError } from '../../model/errors.ts'
import { SAMPLE_RATE } from '../../model/formats.ts'
import type { Speech, SpeechRequest, VoiceProvider, WordTiming } from '../../model/providers.ts'
import { type Store, storedName } from '../../model/store.ts'
import type { Usage } from '../../model/usage.ts'
import type { Ffmpeg } from '../ffmpeg/ffmpeg.ts'
import { adoptFile } from '../store/adopt.ts'
import { hashOf } from '../store/hash.ts'
import { decodeAudio } from './decode-audio.ts'
import { estimateWords } from './estimate-words.ts'
import { evenPauses } from './even-pauses.ts'
import { pausesIn, trimSpeech, wavFile } from './speech-audio.ts'

export interface VoiceFileRequest {
  ffmpeg: Ffmpeg
  store: Store
  provider: VoiceProvider
  request: SpeechRequest
  /** Another number makes another recording of the same words (“New take”). */
  take?: number
  signal: AbortSignal
}

export interface VoiceFile {
  /** In the store: 48 kHz mono 16-bit WAV, a whole number of frames long. */
  path: string
  /** Seconds. */
  duration: number
  /** Never empty, in order, inside the file. */
  words: WordTiming[]
  /** What the provider says of this recording; empty when it was there already. */
  usage: Usage[]
  trouble: ProviderError | null
}

/** To be raised when the processing below changes what comes out. */
const RECIPE = 2
const MAX_SECONDS = 600
/** Shorter ones occur inside words, before k and t. */
const SHORTEST_PAUSE = 0.09

const SIDECAR = z.object({
  path: z.string(),
  duration: z.number().positive(),
  words: z.array(z.object({ start: z.number(), end: z.number(), from: z.number(), to: z.number() })),
})

/**
 * Has a text spoken, or finds it spoken already. The sound is trimmed at both ends (at most 20 ms before the
 * first sound, a quarter of a second after the last), its long pauses are shortened, and it is brought to one level and padded to
 * whole frames.
 * The recording is stored under the hash of its content, and a small JSON file under the hash of the request
 * points to it, so that a second recording of a voice that never says the same twice leaves the first alone.
 * @throws ProviderError from the provider, or `bad_answer` when its audio is silent, broken or over 10 minutes.
 */
export async function makeVoiceFile(wanted: VoiceFileRequest): Promise<VoiceFile> {
  const { store, provider, request, take = 0 } = wanted
  const { text, language, voice, speed } = request
  const key = hashOf([RECIPE, provider.name, provider.fingerprint, text, language, voice, speed, take])
  let said: Pick<VoiceFile, 'usage' | 'trouble'> = { usage: [], trouble: null }
  const record = async (temporary: string) => {
    const { usage, trouble = null } = await recordSpeech(wanted, temporary)
    said = { usage, trouble }
  }
  const sidecar = await store.put(storedName('voices', key, 'json'), record)
  const found = await readSidecar(store, sidecar)
  if (found) return { ...found, ...said }
  // The sound was cleaned away, or the file is damaged: make it again.
  await store.remove(sidecar)
  const again = await readSidecar(store, await store.put(storedName('voices', key, 'json'), record))
  if (!again) throw new ProviderError(provider.name, 'bad_answer', 'The recording could not be saved.')
  return { ...again, ...said }
}

async function readSidecar(
  store: Store,
  sidecar: string,
): Promise<Omit<VoiceFile, 'usage' | 'trouble'> | null> {
  try {
    const known = SIDECAR.parse(await json(await store.open(sidecar)))
    return (await store.touch(known.path)) ? known : null
  } catch {
    return null
  }
}

async function recordSpeech(wanted: VoiceFileRequest, sidecar: string): Promise<Speech> {
  const { store, provider, request, signal } = wanted
  signal.throwIfAborted()
  const spoken = await store.temporary('voice')
  const wav = await store.temporary('wav')
  let speech: Speech | null = null
  try {
    speech = await provider.speak(request, spoken, signal)
    const trimmed = trimSpeech(await decode(wanted, spoken, speech.tempo ?? 1))
    if (!trimmed) throw badAnswer(provider, 'The recording is silent.')
    if (trimmed.speechEnd < shortest(wanted))
      throw badAnswer(provider, 'The recording stops long before the end of the text.')
    if (trimmed.speechEnd > longest(wanted))
      throw badAnswer(provider, 'The recording is far longer than its text.')
    const spokenWords =
      shifted(inTempo(speech), request.text, trimmed.cut, trimmed.samples.length / SAMPLE_RATE) ??
      estimateWords(
        request.text,
        request.language,
        pausesIn(trimmed.samples, SHORTEST_PAUSE).filter(
          ({ from, to }) => from > 0.05 && to < trimmed.speechEnd,
        ),
        trimmed.speechEnd,
      )
    const even = evenPauses(trimmed)
    const duration = even.samples.length / SAMPLE_RATE
    const words = spokenWords.map((word) => ({ ...word, from: even.at(word.from), to: even.at(word.to) }))
    await writeFile(wav, wavFile(even.samples))
    const path = await adoptFile(store, 'voices', wav, 'wav')
    await writeFile(sidecar, JSON.stringify({ path, duration, words }))
    return speech
  } catch (error) {
    if (error instanceof ProviderError && speech) error.usage.unshift(...speech.usage)
    throw error
  } finally {
    await rm(spoken, { force: true })
    await rm(wav, { force: true })
  }
}

/** Part of the time that a text takes by the voice's own pace, below which it has not been spoken whole. */
const WHOLE = 0.25
/** Letters; a shorter text says too little about how long it takes. */
const TELLING = 30

/** Seconds. Counts only what is spoken, as a text may consist of marks for the most part. */
function shortest({ provider, request: { text, language, speed } }: VoiceFileRequest): number {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return letters < TELLING ? 0 : (letters / provider.pace(language) / speed) * WHOLE
}

/** Times of what a text takes by the voice's own pace, and seconds besides: numbers take longer than they look. */
const RUNAWAY = 5
const RUNAWAY_FROM = 15

/** Seconds. Local models now and then say a text over and over, or go on without one. */
function longest({ provider, request: { text, language, speed } }: VoiceFileRequest): number {
  return (text.length / provider.pace(language) / speed) * RUNAWAY + RUNAWAY_FROM
}

async function decode(
  { ffmpeg, store, provider, signal }: VoiceFileRequest,
  file: string,
  tempo: number,
): Promise<Int16Array> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size === 0) throw badAnswer(provider, 'The recording is empty.')
  const scratch = await store.temporary('pcm')
  try {
    const samples = await decodeAudio(ffmpeg, file, scratch, { tempo, maxSeconds: MAX_SECONDS + 1 }, signal)
    if (samples.length > MAX_SECONDS * SAMPLE_RATE) {
      throw badAnswer(provider, 'The recording is longer than 10 minutes.')
    }
    return samples
  } catch (cause) {
    // What is wrong with the sound is the provider's fault; a full disk or a cancellation is not.
    if (!(cause instanceof UserError) || cause.code !== 'ffmpeg_failed') throw cause
    throw new ProviderError(provider.name, 'bad_answer', 'The recording cannot be decoded.', {
      cause,
    })
  } finally {
    await rm(scratch, { force: true })
  }
}

/** The word times as they are at the tempo that is wanted. */
function inTempo({ words, tempo = 1 }: Speech): WordTiming[] | null {
  return words?.map((word) => ({ ...word, from: word.from / tempo, to: word.to / tempo })) ?? null
}

/** The provider's word times in the trimmed file, or null when there are none that make sense. */
function shifted(
  words: WordTiming[] | null,
  text: string,
  cut: number,
  duration: number,
): WordTiming[] | null {
  if (!words || words.length === 0) return null
  const result: WordTiming[] = []
  let last = { end: 0, to: 0 }
  for (const word of words) {
    const from = Math.min(duration, Math.max(last.to, word.from - cut))
    const to = Math.min(duration, Math.max(from, word.to - cut))
    if (word.start < last.end || word.end <= word.start || word.end > text.length) return null
    if (!Number.isFinite(from) || !Number.isFinite(to)) return null
    const placed = { start: word.start, end: word.end, from, to }
    result.push(placed)
    last = placed
  }
  return result
}

function badAnswer(provider: VoiceProvider, message: string): ProviderError {
  return new ProviderError(provider.name, 'bad_answer', message)
}
