import { ProviderError } from '../../../model/errors.ts'
import type { Speech, SpeechRequest, VoiceProvider } from '../../../model/providers.ts'
import { type EspeakPool, espeakPool } from './espeak-pool.ts'
import { wordTimings } from './espeak-words.ts'
import { spokenText } from './spoken-text.ts'

export interface EspeakVoice extends VoiceProvider {
  readonly pool: EspeakPool
  /** Ends the child processes. They also end by themselves when idle, or with this process. */
  close(): void
}

const NAME = 'espeak'
const VERSION = '0.3.5'

/**
 * eSpeak's voice variants. In measurements, “Annie” was the clearest of the female ones that keep the rate and don't
 * clip: most energy above 2 kHz relative to the whole, peak −4 dBFS.
 */
const VARIANTS = ['Annie', 'f1', 'f2', 'f3', 'f4', 'f5', 'm1', 'm2', 'm3', 'm4', 'm7', 'linda', 'Michael']
const DEFAULT_VARIANT = 'Annie'

/** Where eSpeak's name differs from the language's primary subtag. */
const ESPEAK_NAMES: Record<string, string> = {
  en: 'en-us',
  zh: 'cmn',
  no: 'nb',
  pt: 'pt-br',

  iw: 'he',
  in: 'id',
}

/** eSpeak's nominal words per minute: measured in English, 147 gives 165 real ones; Korean is slow at that rate. */
const RATES: Record<string, number> = { en: 147, ko: 172 }
const DEFAULT_RATE = 155
/** Outside this range, eSpeak doesn't change its rate. */
const RATE_RANGE = { min: 80, max: 450 }

/**
 * Characters per second, spaces included, measured at speed 1 with the default variant over two to five sentences of
 * everyday narration in each language (the test measures English and Korean again). Japanese is slow because eSpeak
 * spells out most kanji. A language that isn't listed is assumed to be as fast as English.
 */
const PACES: Record<string, number> = {
  en: 14.6,
  ko: 7,
  ja: 1.9,
  zh: 3.4,
  es: 15.2,
  fr: 19.5,
  de: 16.2,
  pt: 13.8,
  it: 15.4,
  ru: 15.9,
  hi: 12.3,
  ar: 9.4,
  vi: 15.5,
  id: 12.9,
}
const DEFAULT_PACE = 14

/** The embedded voice: needs no key and no network, and reports word times. */
export function createEspeakVoice(pool: EspeakPool = espeakPool()): EspeakVoice {
  return {
    name: NAME,
    fingerprint: `espeak-ng ${VERSION} ${DEFAULT_VARIANT} ${JSON.stringify(RATES)} ${DEFAULT_RATE}`,
    pool,
    pace: (language) => PACES[primary(language)] ?? DEFAULT_PACE,
    speak: (request, file, signal) => speak(pool, request, file, signal),
    close: () => pool.close(),
  }
}

async function speak(
  pool: EspeakPool,
  request: SpeechRequest,
  file: string,
  signal: AbortSignal,
): Promise<Speech> {
  const spoken = spokenText(request.text)
  if (!spoken.hasWords) {
    throw new ProviderError(NAME, 'nothing_found', 'There is nothing to read out: the text has no words.')
  }
  const language = primary(request.language)
  // A draft may name a voice of the provider tried before this one, so an unknown voice isn't an error here.
  const variant = VARIANTS.find((name) => name === request.voice) ?? DEFAULT_VARIANT
  const rate = (RATES[language] ?? DEFAULT_RATE) * request.speed
  const task = {
    text: spoken.text,
    voice: `${ESPEAK_NAMES[language] ?? language}+${variant}`,
    wordsPerMinute: Math.round(Math.min(RATE_RANGE.max, Math.max(RATE_RANGE.min, rate))),
    file,
  }
  const answer = await pool.run(task, signal).catch((cause: unknown) => {
    if (signal.aborted) throw cause
    throw new ProviderError(NAME, 'unavailable', 'The built-in voice stopped working.', { cause })
  })
  if (!answer.ok) {
    throw new ProviderError(
      NAME,
      'bad_answer',
      `The built-in voice cannot speak “${request.language}”: ${answer.message}.`,
    )
  }
  if (answer.seconds === 0) {
    throw new ProviderError(
      NAME,
      'nothing_found',
      'There is nothing to read out: the built-in voice made no sound for this text.',
    )
  }
  const words = wordTimings(request.text, spoken, answer.events, language, answer.seconds)
  return {
    words,
    usage: [{ provider: NAME, model: 'espeak-ng', characters: request.text.length, seconds: answer.seconds }],
  }
}

function primary(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? language
}
