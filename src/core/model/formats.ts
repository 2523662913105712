import type { Format } from '../../db/entities/draft.ts'

export { FORMAT_NAMES, type Format, MOODS, type Mood } from '../../db/entities/draft.ts'

/** Frames per second of every clip and video. */
export const FPS = 30
/** Samples per second of every voice file and video. At 30 fps a frame is exactly 1600 samples. */
export const SAMPLE_RATE = 48_000
export const SAMPLES_PER_FRAME = SAMPLE_RATE / FPS

/** Seconds that a film continues after its last segment, so that it doesn't stop abruptly after the last word. */
export const ENDING = 1
/** Same, for films that end with the brand's card, which is shown for this long. */
export const END_CARD = 1.5

/** Size in pixels, and the stock sites' word for the shape. */
export const FORMATS = {
  shorts: { width: 1080, height: 1920, orientation: 'portrait' },
  landscape: { width: 1920, height: 1080, orientation: 'landscape' },
  square: { width: 1080, height: 1080, orientation: 'square' },
} as const satisfies Record<Format, { width: number; height: number; orientation: string }>

/**
 * Languages for narrations, as BCP 47 primary subtags: those that the embedded voice speaks and the bundled font can show.
 * Discord accepts at most 25 choices.
 */
export const LANGUAGES = [
  'en',
  'ko',
  'es',
  'fr',
  'de',
  'pt',
  'it',
  'nl',
  'pl',
  'cs',
  'sv',
  'tr',
  'ru',
  'uk',
  'el',
  'vi',
  'id',
] as const
export type Language = (typeof LANGUAGES)[number]
/** Languages of the embedded outline writer; the others need a script service or the person's own script. */
export const OUTLINE_LANGUAGES = ['en', 'ko'] as const

/** Rounds a duration in seconds to whole frames, at least one. */
export function framesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds * FPS))
}
