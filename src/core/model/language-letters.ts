import type { Language } from './formats.ts'

/** Letters and marks besides a to z that the languages with Latin letters use in words of their own. */
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

/** What a text's letters say: the languages that they allow, and whether they say anything at all. */
export interface LetterEvidence {
  /** Those that all of its words could be of; empty for letters that no language here has together. */
  allowed: Language[]
  /** Some of its letters are not of every language. */
  saysSomething: boolean
}

/** Words in quotes, and addresses: what somebody said in another language decides nothing. */
const QUOTED =
  /“[^”]*”|„[^“”]*[“”]|«[^»]*»|"[^"\n]*"|(?<!\p{L})['‘][^'’\n]{3,}['’](?!\p{L})|https?:\S+|www\.\S+|\S+@\S+|[#@]\S+/gu

/** Words that are enough to tell a language by. */
const ENOUGH = 3

/** A text without what is quoted in it and without foreign names, where enough is left. */
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
 * The languages with Latin letters that a text may be in by its letters. Names keep their letters in any language, so a word with
 * a capital inside a sentence says nothing where other words do without such letters.
 */
export function lettersOf(text: string): LetterEvidence {
  const words = wordsOf(text)
  const telling = words.filter(({ word, isName }) => !isName && special(word).length > 0 && !LOANS.has(word))
  // Of a single one among many, as “cafés” in English, nothing follows.
  const isBorrowed = telling.length * 12 < words.length && !telling.some(({ word }) => DECISIVE.test(word))
  if (telling.length === 0 || isBorrowed)
    return { allowed: ALPHABETS.map(([language]) => language), saysSomething: false }
  const allowed = ALPHABETS.filter(([, letters]) =>
    telling.every(({ word }) => special(word).every((letter) => letters.includes(letter))),
  ).map(([language]) => language)
  return { allowed, saysSomething: true }
}

/** Words that English has borrowed with their letters. */
const LOANS = new Set(
  'naïve café cafés cliché clichés résumé résumés fiancé fiancée façade façades soufflé purée sauté entrée touché décor déjà jalapeño jalapeños piñata crème brûlée à pâté protégé exposé rosé latté'.split(
    ' ',
  ),
)

/** Letters that English words never borrow. */
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
