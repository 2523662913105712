import type { Format } from '../../db/entities/draft.ts'

export { FORMAT_NAMES, type Format, MOODS, type Mood } from '../../db/entities/draft.ts'

/** Frames a second of every clip and every video. */
export const FPS = 30
/** Samples a second of every voice file and every video. At 30 fps a frame is exactly 1600 samples. */
export const SAMPLE_RATE = 48_000
export const SAMPLES_PER_FRAME = SAMPLE_RATE / FPS

/** Seconds that a film goes on after its last segment, so that it does not break off behind the last word. */
export const ENDING = 1
/** The same where it ends with the card of its workspace's brand, which is there for so long. */
export const END_CARD = 1.5

/** Pixels, and the word that stock sites use for the shape. */
export const FORMATS = {
  shorts: { width: 1080, height: 1920, orientation: 'portrait' },
  landscape: { width: 1920, height: 1080, orientation: 'landscape' },
  square: { width: 1080, height: 1080, orientation: 'square' },
} as const satisfies Record<Format, { width: number; height: number; orientation: string }>

/**
 * Languages of a narration, as BCP 47 primary subtags: those that the embedded voice speaks and the bundled font can show.
 * Discord takes at most 25 choices.
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
/** Those that the embedded outline writer writes; the others need a script service or a script of one's own. */
export const OUTLINE_LANGUAGES = ['en', 'ko'] as const

/** Rounds a duration in seconds to whole frames; at least one frame. */
export function framesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds * FPS))
}
