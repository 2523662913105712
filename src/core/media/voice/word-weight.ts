import { numberWordsIn } from './spoken/number-words.ts'

/** The base weight of a word of letters, and the weights of each of its syllables and consonants. */
interface Rates {
  word: number
  vowel: number
  consonant: number
}
const ENGLISH: Rates = { word: 0.64, vowel: 0.35, consonant: 0.25 }
const OTHERS: Rates = { word: 0.2, vowel: 0.5, consonant: 0.3 }
/** Names in Latin letters in Korean texts are mostly English. */
const RATES: Record<string, Rates> = {
  en: ENGLISH,
  ko: ENGLISH,
  vi: { word: 0.9, vowel: 0, consonant: 0.08 },
}

/** Small, unstressed words. */
const SMALL =
  /^(?:the|a|an|of|to|and|in|at|is|was|for|it|by|with|on|or|from|that|you|be|as|are|has|had|but|not|we|he|she|they|this)$/i
const HANGUL = /[가-힣]/g
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu
const VOWELS = /[aeiouyаеёиоуыэюяіїєαεηιουω]+/g
const CONSONANTS = /[bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщйβγδζθκλμνξπρσςτφχψ]/g

/**
 * How long a word takes to say, in syllables of about a fifth of a second; never 0, and only meaningful relative to other words.
 * Fitted to the built-in voice's timing of some sentences in each language (within 0.05 to 0.1 s per word).
 */
export function wordWeight(word: string, language: string): number {
  const said = numberWordsIn(word, language)
  const rates = RATES[language.toLowerCase().split(/[-_]/)[0] ?? ''] ?? OTHERS
  const weight = said.split(/[\s-]+/).reduce((sum, part) => sum + partWeight(part, rates), 0)
  return Math.max(0.5, weight)
}

function partWeight(part: string, rates: Rates): number {
  const hangul = part.match(HANGUL) ?? []
  const final = hangul.filter((syllable) => (syllable.charCodeAt(0) - 0xac00) % 28 > 0).length
  const ideographs = part.match(IDEOGRAPH)?.length ?? 0
  const signs = part.match(/[$€£¥₩%&@#+=°]/g)?.length ?? 0
  return hangul.length + 0.27 * final + ideographs * 1.2 + signs * 1.5 + lettersWeight(part, rates)
}

function lettersWeight(part: string, { word, vowel, consonant }: Rates): number {
  const letters = part.match(/(?![가-힣])\p{L}/gu)?.join('') ?? ''
  if (letters === '') return 0
  // Spelled: FBI, HTML, T.
  if (/^[A-Z]{1,4}$/.test(letters) && (letters.length < 4 || !/[AEIOU]/.test(letters)))
    return 0.4 + letters.length * 0.65
  const plain = letters.normalize('NFD').toLowerCase()
  const vowels = (word === ENGLISH.word ? plain.replace(/e$/, '') : plain).match(VOWELS)?.length
  const consonants = plain.match(CONSONANTS)?.length ?? 0
  if (vowels === undefined && consonants === 0) return Math.max(1, letters.length / 2.5)
  return (
    word +
    vowel * (vowels ?? 1) +
    consonant * consonants -
    (word === ENGLISH.word && SMALL.test(letters) ? 0.54 : 0)
  )
}
