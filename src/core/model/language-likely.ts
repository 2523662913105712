import { LANGUAGES, type Language } from './formats.ts'
import { guessLanguage, type LanguageGuess } from './language-guess.ts'
import { lettersOf, ownWords } from './language-letters.ts'
import { smallWordsIn } from './language-words.ts'

/** The detector's names for our languages, where they differ: it doesn't distinguish Malay and Indonesian. */
const NAMES: Partial<Record<Language, string>> = { id: 'ms' }
/** How much better the first must be than the second, by the detector's scores. */
const MARGIN = { many: 0.05, few: 0.15 }
/** Word counts at which letter patterns say little, and nothing. */
const FEW = 3

/**
 * The language of a script that letters and function words leave undecided, by its letter patterns. Loads the detector on
 * first use.
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
  // Function words that agree are as good as a margin; those of another language leave it undecided.
  const [word] = smallWordsIn(own, known)
  const agrees = word?.language === best.language
  const isSure = isReliable && allowed.length > 0 && (agrees || (isClear && word === undefined))
  return {
    language: agrees || word === undefined || (isClear && word.weight < 1.5) ? best.language : guess.language,
    isSure,
  }
}
