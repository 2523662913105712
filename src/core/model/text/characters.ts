import { stripVTControlCharacters } from 'node:util'
import { withoutInvisible } from '../invisible.ts'
import { plainLetters } from './letters.ts'

/** Line breaks of other systems, of word processors (vertical tab), and page breaks. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Control characters, lone surrogates, private-use characters, and replacement characters for invalid bytes. */
const NOT_TEXT = /[^\P{Cc}\n\t]|\p{Cs}|\p{Co}|\p{Noncharacter_Code_Point}|\ufffd/gu
/** All except the two spaces that keep numbers together. */
const BLANKS = /[^\P{Zs} \u00a0\u202f]|\t/gu

/** A text in NFC with plain letters and Unix line ends, without invisible or meaningless characters. */
export function plainCharacters(text: string): string {
  const visible = withoutInvisible(
    stripVTControlCharacters(text).replace(LINE_ENDS, '\n').replace(NOT_TEXT, ''),
  )
  return plainLetters(visible.normalize('NFC')).replace(BLANKS, ' ')
}

/** The fraction of such characters above which it isn't text, but binary data. */
const TOO_MUCH = 0.1

/** True for binary data pasted as text, such as the bytes of a picture. */
export function isNoText(text: string): boolean {
  const strange = stripVTControlCharacters(text).match(/[^\P{Cc}\s\u0085]|\p{Cs}|\ufffd/gu)?.length ?? 0
  return strange >= 4 && strange > text.length * TOO_MUCH
}
