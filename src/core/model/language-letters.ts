import type { Language } from './formats.ts'

/** Letters and marks besides a to z that languages in Latin script use in native words. */
const ALPHABETS: [Language, string][] = [
  ['en', ''],
  ['es', 'áéíóúüñ¿¡'],
  ['fr', 'àâæçéèêëîïôœùûüÿ'],
  ['de', 'äöüß'],
  ['pt', 'áâãàçéêíóôõú'],
  ['it', 'àèéìíîòóù'],
  ['nl', 'éëïèöüó'],
  ['pl', 'ąćęłńóśźż'],
  ['cs', 'áčďéěíňóřšťúůýž'],
  ['sv', 'åäöé'],
  ['tr', 'çğıöşüâîû'],
  ['vi', 'ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ'],
  ['id', 'é'],
]

/** What a text's letters reveal: the languages they allow, and whether they are informative at all. */
export interface LetterEvidence {
  /** Languages that all of its words could belong to; empty if no language here has all these letters. */
  allowed: Language[]
  /** True if some of its letters don't occur in every language. */
  saysSomething: boolean
}

/** Quoted words and addresses: quotations in another language aren't conclusive. */
const QUOTED =
  /“[^”]*”|„[^“”]*[“”]|«[^»]*»|"[^"\n]*"|(?<!\p{L})['‘][^'’\n]{3,}['’](?!\p{L})|https?:\S+|www\.\S+|\S+@\S+|[#@]\S+/gu

/** The number of words sufficient to identify a language. */
const ENOUGH = 3

/** A text without its quotations and foreign names, if enough is left. */
export function ownWords(text: string): string {
  const own = text.replace(QUOTED, ' ')
  const count = (of: string) => of.match(/\p{L}+/gu)?.length ?? 0
  const spoken = count(own) >= ENOUGH || count(own) * 2 >= count(text) ? own : text
  const names = wordsOf(spoken).filter(({ word, isName }) => isName && special(word).length > 0)
  return names.reduceRight(
    (rest, { index, length }) => rest.slice(0, index) + rest.slice(index + length),
    spoken,
  )
}

/**
 * The languages in Latin script that a text may be in, judging by its letters. Names keep their letters in any language, so
 * a capitalised word within a sentence doesn't count if the other words don't have such letters.
 */
export function lettersOf(text: string): LetterEvidence {
  const words = wordsOf(text)
  const telling = words.filter(({ word, isName }) => !isName && special(word).length > 0 && !LOANS.has(word))
  // A single one among many, like “cafés” in English, proves nothing.
  const isBorrowed = telling.length * 12 < words.length && !telling.some(({ word }) => DECISIVE.test(word))
  if (telling.length === 0 || isBorrowed)
    return { allowed: ALPHABETS.map(([language]) => language), saysSomething: false }
  const allowed = ALPHABETS.filter(([, letters]) =>
    telling.every(({ word }) => special(word).every((letter) => letters.includes(letter))),
  ).map(([language]) => language)
  return { allowed, saysSomething: true }
}

/** Words that English has borrowed along with their letters. */
const LOANS = new Set(
  'naïve café cafés cliché clichés résumé résumés fiancé fiancée façade façades soufflé purée sauté entrée touché décor déjà jalapeño jalapeños piñata crème brûlée à pâté protégé exposé rosé latté'.split(
    ' ',
  ),
)

/** Letters that don't occur in English loanwords. */
const DECISIVE = /[ßłğşıąęćńśźżěřůčšžďťňåõãñ¿¡ạảằẳẵắặầẩẫấậẻẽẹềểễếệỉĩịỏọồổỗốộơờởỡớợủũụưừửữứựỳỷỹỵđăőűțșøœæ]/iu

function special(word: string): string[] {
  return [...word].filter((letter) => letter > '\x7f')
}

function wordsOf(text: string): { word: string; isName: boolean; index: number; length: number }[] {
  const isShouted = !/\p{Ll}/u.test(text)
  return [...text.matchAll(/[\p{L}\p{M}¿¡]+/gu)].map(({ 0: word, index }) => {
    const before = text.slice(0, index).trimEnd()
    const begins = before === '' || /[.!?:;…“"„«(\n–—-]$/u.test(before) || /\n\s*$/.test(text.slice(0, index))
    return {
      word: word
        .normalize('NFC')
        .toLocaleLowerCase('en')
        .replace(/i\u0307/g, 'i'),
      isName: !isShouted && !begins && /^\p{Lu}/u.test(word),
      index,
      length: word.length,
    }
  })
}
