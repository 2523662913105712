import { readFile, rm, stat, writeFile } from 'node:fs/promises'
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
import { isCutMp3, promisedSeconds, soundParts } from './sound-parts.ts'
import { pausesIn, trimSpeech } from './speech-audio.ts'
import type { Pronunciation } from './spoken/pronunciation.ts'
import type { SpokenForm } from './spoken/scan.ts'
import { speechText, writtenTimes } from './spoken/speech-text.ts'
import { wavFile } from './wav-header.ts'
import { wholeWav } from './whole-wav.ts'

export interface VoiceFileRequest {
  ffmpeg: Ffmpeg
  store: Store
  provider: VoiceProvider
  /** Contains the text as written; providers get it as spoken. */
  request: SpeechRequest
  /** The workspace's pronunciations. */
  pronunciations?: readonly Pronunciation[]
  /**
   * Measured pace of this voice at this speed, in characters of written text per second; null or absent if not measured
   * often enough.
   */
  heardPace?: number | null
  /** A different number makes another recording of the same words (“New take”). */
  take?: number
  signal: AbortSignal
}

export interface VoiceFile {
  /** In the store: 48 kHz mono 16-bit WAV, a whole number of frames long. */
  path: string
  /** Seconds. */
  duration: number
  /** The times of the text as written; none are empty, in order, within the file. */
  words: WordTiming[]
  /** The provider's usage for this recording; empty if it already existed. */
  usage: Usage[]
  trouble: ProviderError | null
}

/** Increment when the processing below changes the output. */
const RECIPE = 2
const MAX_SECONDS = 600
/** Shorter pauses occur inside words, before k and t. */
const SHORTEST_PAUSE = 0.09

const SIDECAR = z.object({
  path: z.string(),
  duration: z.number().positive(),
  words: z.array(z.object({ start: z.number(), end: z.number(), from: z.number(), to: z.number() })),
})

/**
 * Has a text spoken, or finds an existing recording. The sound is trimmed at both ends (leaving at most 20 ms before the
 * first sound and a quarter of a second after the last), long pauses are shortened, and it is normalized and padded to
 * whole frames. The recording is stored under the hash of its content, and a small JSON file under the hash of the request
 * points to it, so that re-recording with a voice that never sounds the same twice doesn't overwrite the first one.
 * @throws ProviderError from the provider, or `bad_answer` if its audio is silent, broken or longer than 10 minutes.
 */
export async function makeVoiceFile(wanted: VoiceFileRequest): Promise<VoiceFile> {
  const { store, provider, request, pronunciations, take = 0 } = wanted
  const { text, language, voice, speed } = request
  const spoken = speechText(text, language, pronunciations)
  const asked = [RECIPE, provider.name, provider.fingerprint, text, language, voice, speed, take]
  // Text that is spoken as written keeps its old key, from before there was a spoken form.
  const key = hashOf(spoken.text === text ? asked : [...asked, spoken.text])
  let said: Pick<VoiceFile, 'usage' | 'trouble'> = { usage: [], trouble: null }
  const record = async (temporary: string) => {
    const { usage, trouble = null } = await recordSpeech(wanted, spoken, temporary)
    said = { usage, trouble }
  }
  const sidecar = await store.put(storedName('voices', key, 'json'), record)
  const found = await readSidecar(store, sidecar)
  if (found) return { ...found, ...said }
  // The sound was deleted by a cleanup, or the file is damaged: make it again.
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

async function recordSpeech(wanted: VoiceFileRequest, form: SpokenForm, sidecar: string): Promise<Speech> {
  const { store, provider, signal } = wanted
  const request = { ...wanted.request, text: form.text }
  signal.throwIfAborted()
  const spoken = await store.temporary('voice')
  const wav = await store.temporary('wav')
  let speech: Speech | null = null
  try {
    speech = await provider.speak(request, spoken, signal)
    const trimmed = trimSpeech(await decode(wanted, spoken, speech.tempo ?? 1))
    if (!trimmed) throw badAnswer(provider, 'The recording is silent.')
    if (trimmed.speechEnd < Math.max(shortest(provider, request), shortestAsHeard(wanted)))
      throw badAnswer(provider, 'The recording stops long before the end of the text.')
    if (trimmed.speechEnd > longest(provider, request))
      throw badAnswer(provider, 'The recording is far longer than its text.')
    const times =
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
    const evened = times.map((word) => ({ ...word, from: even.at(word.from), to: even.at(word.to) }))
    const words = writtenTimes(wanted.request.text, request.language, form, evened)
    await writeFile(wav, wavFile(even.samples, SAMPLE_RATE))
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

/** The fraction of the time expected from the voice's pace below which a text wasn't spoken completely. */
const WHOLE = 0.25
/** Letters; shorter texts vary too much in duration. */
const TELLING = 30

/** Seconds. Counts only letters and digits, because a text may consist mostly of punctuation. */
function shortest(provider: VoiceProvider, { text, language, speed }: SpeechRequest): number {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return letters < TELLING ? 0 : (letters / provider.pace(language) / speed) * WHOLE
}

/** Same, by the measured pace, which is more accurate: half of a text is never enough. */
const WHOLE_AS_HEARD = 0.6
/** Characters; shorter sentences vary too much. */
const TELLING_AS_HEARD = 60

function shortestAsHeard({ heardPace, request }: VoiceFileRequest): number {
  const spoken = request.text.replaceAll(/https?:\/\/\S+/g, '').match(/[\p{L}\p{M}\p{N}\s]/gu)?.length ?? 0
  return heardPace && spoken >= TELLING_AS_HEARD ? (spoken / heardPace) * WHOLE_AS_HEARD : 0
}

/** The maximum multiple of the time expected from the voice's pace, plus seconds: numbers take longer than they look. */
const RUNAWAY = 5
const RUNAWAY_FROM = 15

/** Seconds. Local models occasionally repeat a text over and over, or continue without one. */
function longest(provider: VoiceProvider, { text, language, speed }: SpeechRequest): number {
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
  if (size > MAX_BYTES) throw badAnswer(provider, 'The recording is far longer than its text.')
  const scratch = await store.temporary('pcm')
  const single = await store.temporary('sound')
  try {
    const decoded: Int16Array[] = []
    let length = 0
    for (const part of await wholeParts(provider, file)) {
      await writeFile(single, part)
      const samples = await decodeAudio(
        ffmpeg,
        single,
        scratch,
        { tempo, maxSeconds: MAX_SECONDS + 1 },
        signal,
      )
      if (samples.length / SAMPLE_RATE < (promisedSeconds(part) / tempo) * 0.95 - 0.2)
        throw badAnswer(provider, CUT_OFF)
      decoded.push(samples)
      length += samples.length
      if (length > MAX_SECONDS * SAMPLE_RATE)
        throw badAnswer(provider, 'The recording is longer than 10 minutes.')
    }
    return joined(decoded, length)
  } catch (cause) {
    // Invalid sound is the provider's fault; a full disk or a cancellation isn't.
    if (!(cause instanceof UserError) || cause.code !== 'ffmpeg_failed') throw cause
    throw new ProviderError(provider.name, 'bad_answer', 'The recording cannot be decoded.', {
      cause,
    })
  } finally {
    await rm(scratch, { force: true })
    await rm(single, { force: true })
  }
}

/** Ten minutes of any uncompressed sound. */
const MAX_BYTES = 300_000_000
const CUT_OFF = 'The recording stops in the middle.'

/** The sounds in a file, in order; for a WAV, one with a correct header. */
async function wholeParts(provider: VoiceProvider, file: string): Promise<Buffer[]> {
  const whole = wholeWav(await readFile(file))
  if (whole === 'mixed')
    throw badAnswer(provider, 'The recording consists of parts that do not fit together.')
  if (whole === 'cut_off' || isCutMp3(whole)) throw badAnswer(provider, CUT_OFF)
  return soundParts(whole)
}

function joined(parts: Int16Array[], length: number): Int16Array {
  const [first] = parts
  if (first && parts.length === 1) return first
  const all = new Int16Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The word times at the requested tempo. */
function inTempo({ words, tempo = 1 }: Speech): WordTiming[] | null {
  return words?.map((word) => ({ ...word, from: word.from / tempo, to: word.to / tempo })) ?? null
}

/** The provider's word times relative to the trimmed file, or null if there are none or they make no sense. */
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
