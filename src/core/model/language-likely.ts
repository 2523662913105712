import { LANGUAGES, type Language } from './formats.ts'
import { guessLanguage, type LanguageGuess } from './language-guess.ts'
import { lettersOf, ownWords } from './language-letters.ts'
import { smallWordsIn } from './language-words.ts'

/** What the detector calls our languages where it has another name: Malay and Indonesian are the same to it. */
const NAMES: Partial<Record<Language, string>> = { id: 'ms' }
/** How much better than the second the first has to be, by the detector's own scores. */
const MARGIN = { many: 0.05, few: 0.15 }
/** Words; of so few, letter patterns say little, and of fewer nothing. */
const FEW = 3

/**
 * The language of a script that letters and small words leave open, by the patterns of its letters. Loads the detector at first use.
 */
export async function likelyLanguage(text: string): Promise<LanguageGuess> {
  const guess = guessLanguage(text)
  if (guess.isSure || guess.language === null || guess.language === 'other') return guess
  const { eld } = await import('eld/extrasmall')
  const own = ownWords(text)
  const found = eld.detect(own.toLocaleLowerCase('en'))
  const isCyrillic = /\p{Script=Cyrillic}/u.test(own)
  const { allowed } = lettersOf(own)
  const known = isCyrillic ? (['ru', 'uk'] as const) : allowed.length > 0 ? allowed : LANGUAGES
  const scores = found.getScores()
  const ranked = known
    .map((language) => ({ language, score: scores[NAMES[language] ?? language] ?? 0 }))
    .sort((a, b) => b.score - a.score)
  const [best, second] = ranked
  if (!best || best.score === 0) return guess
  const isBest = found.language === (NAMES[best.language] ?? best.language)
  const words = own.match(/\p{L}+/gu)?.length ?? 0
  const margin = words > FEW ? MARGIN.many : MARGIN.few
  const isClear = words >= FEW && best.score - (second?.score ?? 0) >= margin
  const isReliable = isBest && found.isReliable()
  if (isCyrillic)
    return isReliable && isClear && best.language === guess.language ? { ...guess, isSure: true } : guess
  // Small words that agree are as good as a margin; those that speak for another language leave it open.
  const [word] = smallWordsIn(own, known)
  const agrees = word?.language === best.language
  const isSure = isReliable && allowed.length > 0 && (agrees || (isClear && word === undefined))
  return {
    language: agrees || word === undefined || (isClear && word.weight < 1.5) ? best.language : guess.language,
    isSure,
  }
}
