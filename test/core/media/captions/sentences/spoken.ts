import type { WordTiming } from '../../../../../src/core/model/providers.ts'

/** Seconds of the pause at a mark, and of a syllable or letter, in spoken voices. */
const PAUSE = 0.28
const PACE = { en: 1 / 16, ko: 1 / 6.5 }

/** Timings of a text as a voice would speak it: words in proportion to their written length, and pauses at marks. */
export function spokenText(
  text: string,
  language: 'en' | 'ko',
): { words: WordTiming[]; speechEnd: number; frames: number } {
  let now = 0.1
  const words: WordTiming[] = []
  for (const { index, 0: run } of text.matchAll(/\S+/gu)) {
    const letters = [...run].filter((letter) => /[\p{L}\p{N}]/u.test(letter)).length
    const to = now + (letters + (language === 'en' ? 1 : 0.3)) * PACE[language]
    words.push({ start: index, end: index + run.length, from: now, to })
    now = /[.,!?;:]$/.test(run) ? to + PAUSE : to
  }
  return { words, speechEnd: now, frames: Math.ceil((now + 0.3) * 30) }
}
