import type { Language } from './formats.ts'
import { detectLanguage } from './language.ts'
import { lettersOf, ownWords } from './language-letters.ts'
import { smallWordsIn } from './language-words.ts'

export interface LanguageGuess {
  language: Language | 'other' | null
  /** False if the guess should be shown to a person, who is asked. */
  isSure: boolean
}

/** The fraction of all function words that must be of the language itself. */
const CLEAR = 2 / 3

/**
 * A script's language, by its letters if they are conclusive, else by its words; there may be few of both. Names and
 * quotations don't count. Otherwise the result isn't sure, and `likelyLanguage` may know more.
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
  // Letters that don't occur together in any language, or a text in several languages, could be anything.
  const isClear = best.weight >= 1.5 && best.weight >= all * CLEAR && allowed.length > 0
  return { language: best.language, isSure: isClear }
}

/** Whether a text's function words are mostly from another language than its letters. */
function contradicts(text: string, language: Language): boolean {
  const [best] = smallWordsIn(text)
  return best !== undefined && best.language !== language && best.weight >= 2
}

/** Letters unique to Russian, unique to Ukrainian, and in neither of them. */
const RUSSIAN = /[ыэё]|ъ[еёюя]/iu
const UKRAINIAN = /[іїєґ]/iu
const NEITHER = /(?![а-яёіїєґ])\p{Script=Cyrillic}/iu

function cyrillic(text: string, language: 'ru' | 'uk'): LanguageGuess {
  const [russian, ukrainian] = [RUSSIAN.test(text), UKRAINIAN.test(text)]
  return { language, isSure: russian !== ukrainian && !NEITHER.test(text) }
}
