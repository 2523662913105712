import type { Language } from './formats.ts'

/**
 * The letters of a script, and the language it implies. Scripts without one have no language that the bundled fonts and the
 * embedded voice support.
 */
const WRITING: [RegExp, Language | null][] = [
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Greek}/gu, 'el'],
  [/(?![\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Latin}])\p{L}/gu, null],
]
/** Product names in Latin letters should weigh less than their length, so each Latin word counts as two letters. */
const LATIN_WORD = 2
/** Ukrainian letters that Russian doesn't have. */
const UKRAINIAN = /[іїєґ]/iu

/**
 * Function words of languages in Latin script. Some belong to two, but a whole script has enough of them to distinguish the
 * languages; a topic has too few.
 */
const SMALL_WORDS: [Language, string][] = [
  ['en', 'the and of to is you that it was with for this are they have'],
  ['es', 'el los las y que una por con para como pero está muy del más'],
  ['fr', 'le les des et est une dans pour qui sur avec pas vous nous cette'],
  ['de', 'der die und das ist nicht ein eine mit für auf den sich auch wird'],
  ['pt', 'o os as e uma não em com para do da dos mais você são'],
  ['it', 'il gli di e che una per non con sono della nel anche più questo'],
  ['nl', 'het een en van niet dat zijn voor met ook maar naar wordt deze wij'],
  ['pl', 'i w nie się na jest że z to do jak ale przez są po'],
  ['cs', 'a se je v na že to s ale jako jsou pro který nebo být'],
  ['sv', 'och att det som är en på inte med för ett av jag har vi'],
  ['tr', 've bir bu için ile çok da de olarak gibi daha ama değil kadar sonra'],
  ['vi', 'và của là có không một được cho những trong người này với các khi'],
  ['id', 'yang dan di ini itu dengan untuk tidak dari adalah pada akan ke juga kita'],
]
const SMALL_SETS = SMALL_WORDS.map(([language, list]) => ({ language, small: new Set(list.split(' ')) }))
/** The words a text needs to be judged by them, and the fraction that must be function words. */
const ENOUGH_WORDS = 12
const ENOUGH_SHARE = 0.12

/**
 * A text's language, by its letters and, for longer texts, by its function words: English if nothing suggests another;
 * `other` if most of its letters belong to none of LANGUAGES; null if it has no letters.
 */
export function detectLanguage(text: string): Language | 'other' | null {
  const letters = WRITING.map(([pattern, language]) => ({
    language: language ?? ('other' as const),
    count: text.match(pattern)?.length ?? 0,
  }))
  const latin = (text.match(/\p{Script=Latin}+/gu)?.length ?? 0) * LATIN_WORD
  const all = letters.reduce((sum, { count }) => sum + count, latin)
  if (all === 0) return null
  const most = letters.find(({ count }) => count * 2 >= all)?.language
  if (most === 'ru') return UKRAINIAN.test(text) ? 'uk' : 'ru'
  return most ?? byWords(text)
}

function byWords(text: string): Language {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  if (words.length < ENOUGH_WORDS) return 'en'
  const shares = SMALL_SETS.map(({ language, small }) => ({
    language,
    share: words.filter((word) => small.has(word)).length / words.length,
  })).sort((a, b) => b.share - a.share)
  const [best, second] = shares
  const isClear = best && best.share >= ENOUGH_SHARE && best.share >= (second?.share ?? 0) * 1.5
  return isClear ? best.language : 'en'
}
