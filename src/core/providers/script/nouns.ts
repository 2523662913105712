import type { IsNoun } from './is-noun.ts'
import { isKoreanNoun } from './nouns-ko.ts'

/** How many characters are examined: a text says what it is about long before that. */
const LOOKED_AT = 3000

/**
 * Words that a noun follows: articles and other determiners, and in languages without articles prepositions. Verbs never
 * follow them, so a word that does is something the text is about.
 */
const BEFORE_NOUNS: Record<string, string> = {
  es: 'el la los las un una unos unas del al mi mis tu tus su sus este esta estos estas cada sin',
  fr: 'le la les un une des du au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces chaque sans',
  de: 'der die das den dem des ein eine einen einem einer eines kein keine im am zum zur beim vom ins mein meine dein deine sein seine ihr ihre unser unsere jede jeder jedes diese dieser dieses',
  pt: 'o a os as um uma uns umas do da dos das no na nos nas ao à aos às meu minha seu sua cada este esta sem',
  it: 'il lo la i gli le un uno una del dello della dei degli delle al allo alla ai agli alle nel nella nei nelle dal dalla sul sulla ogni questo questa senza',
  nl: 'de het een mijn jouw zijn haar onze hun deze dit die elk elke geen',
  sv: 'en ett den det de min din sin vår er varje denna detta ingen',
  pl: 'w we z ze na do od dla bez o po przy przez pod nad między każdy każda ten ta te',
  cs: 'v ve z ze s se na do od pro bez o po při pod nad mezi každý každá ten ta to',
  tr: 'bir bu şu her',
  ru: 'в во на с со из к ко от до для без о об по под над при между через каждый этот эта это',
  uk: 'в у на з із зі до від для без про по під над при між через кожен цей ця це',
  el: 'ο η το οι τα τον την του της των τους τις στο στη στην στον στα στις ένας μια ένα κάθε',
  vi: 'một những các cái con chiếc người mỗi của trong',
  id: 'di dari sebuah seorang para setiap dalam untuk tanpa tentang',
}

/** Identifies the nouns of a text; in English with a tagger, which is loaded when first needed. */
export async function nounsIn(text: string, language: string): Promise<IsNoun> {
  const said = text.slice(0, LOOKED_AT)
  const isNounHere = await nounsOf(said, language)
  // Korean text contains names in Latin letters.
  return (word) => isNounHere(word) || (language === 'ko' && /^\p{Script=Latin}+$/u.test(word))
}

async function nounsOf(text: string, language: string): Promise<IsNoun> {
  if (language === 'ko') return isKoreanNoun(text)
  if (language === 'en') return (await import('./nouns-en.ts')).isEnglishNoun(text)
  const before = BEFORE_NOUNS[language]
  // Words of Chinese characters or katakana; a word with a hiragana ending is a verb or an adjective.
  return before === undefined
    ? (word) => /^[\p{Script=Han}\p{Script=Katakana}ー]{2,}$/u.test(word)
    : afterArticles(text, before, language)
}

function afterArticles(text: string, before: string, language: string): IsNoun {
  const announces = new Set(before.split(' '))
  const nouns = new Set<string>()
  let isAnnounced = false
  let startsSentence = true
  for (const token of text.split(/\s+/)) {
    const word = token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '')
    // L’abeille, dell’alveare: the article and its noun are one word.
    const [, elided] = /^\p{L}{1,5}['’](\p{L}.*)$/u.exec(word) ?? []
    const isName = !startsSentence && /^\p{Lu}/u.test(word)
    if (elided !== undefined || isAnnounced || isName) nouns.add(foldedOf(word))
    if (elided !== undefined) nouns.add(foldedOf(elided))
    isAnnounced = word !== '' && announces.has(word.toLocaleLowerCase(language))
    if (word !== '') startsSentence = /[.!?:…]["'”’»)]*$/u.test(token)
  }
  for (const word of announces) nouns.delete(word)
  return (word) => nouns.has(foldedOf(word))
}

function foldedOf(word: string): string {
  return word.toLowerCase()
}
