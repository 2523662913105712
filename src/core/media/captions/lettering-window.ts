import { FPS } from '../../model/formats.ts'
import type { Span } from './ass-events.ts'
import type { Caption } from './captions.ts'
import { settable } from './lettering.ts'

/** The number of frames the words stay, including appearing and disappearing. */
const STAY = Math.round(1.8 * FPS)
/** If fewer frames than this would follow, they stay to the end. */
const REST = FPS / 2

/**
 * When a clip's large words are visible: as early as possible, and never while the captions say the same. Null if that leaves no
 * time for them, or if the font can't show them.
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

/** Shorter words occur in many texts and aren't distinctive. */
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

/** Allows for particles of Korean words and for endings of one or two letters in others. */
function isSame(said: string, word: string): boolean {
  if (said === word) return true
  const [short, long] = said.length < word.length ? [said, word] : [word, said]
  const more = long.length - short.length
  return (
    long.startsWith(short) && /^\p{L}+$/u.test(short) && more <= (/\p{Script=Hangul}/u.test(short) ? 4 : 2)
  )
}
