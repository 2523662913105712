import { stripVTControlCharacters } from 'node:util'
import { withoutInvisible } from '../invisible.ts'
import { plainLetters } from './letters.ts'

/** Line breaks of other systems, of word processors (vertical tab) and between pages. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Control characters, halves of pairs, signs that only one font knows, and what stands for bytes that were no text. */
const NOT_TEXT = /[^\P{Cc}\n\t]|\p{Cs}|\p{Co}|\p{Noncharacter_Code_Point}|\ufffd/gu
/** All but the two blanks that hold figures together. */
const BLANKS = /[^\P{Zs} \u00a0\u202f]|\t/gu

/** A text in NFC and plain letters with Unix line ends, and nothing invisible or meaningless in it. */
export function plainCharacters(text: string): string {
  const visible = withoutInvisible(
    stripVTControlCharacters(text).replace(LINE_ENDS, '\n').replace(NOT_TEXT, ''),
  )
  return plainLetters(visible.normalize('NFC')).replace(BLANKS, ' ')
}

/** Part of a text from which on it is none, but the bytes of something else. */
const TOO_MUCH = 0.1

/** True for what somebody took for a text, such as the bytes of a picture. */
export function isNoText(text: string): boolean {
  const strange = stripVTControlCharacters(text).match(/[^\P{Cc}\s\u0085]|\p{Cs}|\ufffd/gu)?.length ?? 0
  return strange >= 4 && strange > text.length * TOO_MUCH
}
