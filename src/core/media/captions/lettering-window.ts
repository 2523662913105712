import { FPS } from '../../model/formats.ts'
import type { Span } from './ass-events.ts'
import type { Caption } from './captions.ts'
import { settable } from './lettering.ts'

/** Frames for which the words stand there, coming and going included. */
const STAY = Math.round(1.8 * FPS)
/** Without so many frames after them, they stay to the end. */
const REST = FPS / 2

/**
 * When the large words of a clip are there: as early as possible, and never while the captions say the same. Null where that
 * leaves no time for them, and for words that cannot be set.
 */
export function letteringWindow(words: string, captions: readonly Caption[], frames: number): Span | null {
  const text = settable(words)
  if (text === '') return null
  const said = captions.filter((caption) => saysAnyOf(caption, text))
  for (const from of [0, ...said.map(({ to }) => to)].toSorted((a, b) => a - b)) {
    const to = frames - from - STAY < REST ? frames : from + STAY
    const isLongEnough = to - from >= Math.min(STAY, frames)
    if (isLongEnough && said.every((caption) => caption.to <= from || caption.from >= to)) return { from, to }
  }
  return null
}

/** Words that are in many texts say nothing. */
const SHORTEST = 3

function saysAnyOf(caption: Caption, text: string): boolean {
  const shown = caption.lines.flatMap((line) => line.words.flatMap((word) => wordsOf(word.text)))
  const wanted = wordsOf(text)
  const telling = wanted.filter((word) => /[\p{N}\p{Script=Hangul}]/u.test(word) || word.length >= SHORTEST)
  return (telling.length > 0 ? telling : wanted).some((word) => shown.some((said) => isSame(said, word)))
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+(?:[.,][\p{N}]+)*/gu) ?? []
  )
}

/** Korean words carry particles, others an ending of a letter or two. */
function isSame(said: string, word: string): boolean {
  if (said === word) return true
  const [short, long] = said.length < word.length ? [said, word] : [word, said]
  const more = long.length - short.length
  return (
    long.startsWith(short) && /^\p{L}+$/u.test(short) && more <= (/\p{Script=Hangul}/u.test(short) ? 4 : 2)
  )
}
