import type { Language } from './formats.ts'
import { detectLanguage } from './language.ts'
import { lettersOf, ownWords } from './language-letters.ts'
import { smallWordsIn } from './language-words.ts'

export interface LanguageGuess {
  language: Language | 'other' | null
  /** False where a person should be told what was taken, and asked. */
  isSure: boolean
}

/** The part of all small words that those of the language itself have to be. */
const CLEAR = 2 / 3

/**
 * The language of a script by its letters where they decide, else by its words; both can be few. Names and quotations do not
 * decide. What is left open is not sure; `likelyLanguage` may tell more of it.
 */
export function guessLanguage(text: string): LanguageGuess {
  const own = ownWords(text)
  const writing = detectLanguage(own)
  if (writing === null) return { language: null, isSure: false }
  if (writing === 'ru' || writing === 'uk') return cyrillic(own, writing)
  if (writing === 'ko' || writing === 'el' || writing === 'other') return { language: writing, isSure: true }
  const { allowed, saysSomething } = lettersOf(own)
  const [only] = allowed
  if (only && allowed.length === 1) return { language: only, isSure: !contradicts(own, only) }
  const counts = smallWordsIn(own, allowed.length > 0 ? allowed : undefined)
  const all = counts.reduce((sum, { weight }) => sum + weight, 0)
  const [best] = counts
  if (!best || best.weight === 0) return { language: (saysSomething && only) || 'en', isSure: false }
  // Letters that no language has together, or a text in several, may be anything.
  const isClear = best.weight >= 1.5 && best.weight >= all * CLEAR && allowed.length > 0
  return { language: best.language, isSure: isClear }
}

/** Whether the small words of a text are mostly those of another language than its letters. */
function contradicts(text: string, language: Language): boolean {
  const [best] = smallWordsIn(text)
  return best !== undefined && best.language !== language && best.weight >= 2
}

/** Letters that Russian and Ukrainian have each alone, and those that neither has. */
const RUSSIAN = /[ыэё]|ъ[еёюя]/iu
const UKRAINIAN = /[іїєґ]/iu
const NEITHER = /(?![а-яёіїєґ])\p{Script=Cyrillic}/iu

function cyrillic(text: string, language: 'ru' | 'uk'): LanguageGuess {
  const [russian, ukrainian] = [RUSSIAN.test(text), UKRAINIAN.test(text)]
  return { language, isSure: russian !== ukrainian && !NEITHER.test(text) }
}
