import { MOST_DIGITS } from './figures.ts'

const BEFORE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}]|[-.]\\d)'

/** Telephone numbers: with a country code, with brackets, or in groups of the usual lengths. */
export const PHONES = [
  `${BEFORE}\\+\\d{1,3}(?:[-. ]?\\(?\\d{1,4}\\)?){1,5}${END}`,
  `${BEFORE}(?:1[-. ])?\\(\\d{2,4}\\)[-. ]?\\d{3,4}[-. ]\\d{4}${END}`,
  `${BEFORE}(?:1[-. ])?\\d{3}([-.])\\d{3}\\1\\d{4}${END}`,
  `${BEFORE}0\\d{1,3}[-. ]\\d{3,4}[-. ]\\d{3,4}${END}`,
  `${BEFORE}(?:15[2347-9][0-9]|1588|16[0-9]{2}|18[0-9]{2})-\\d{4}(?!\\s?년)${END}`,
  `${BEFORE}\\d{3}-\\d{4}${END}`,
]

/** Groups of digits that aren't numbers: ISBN, cards, accounts. */
export const CODES = [
  `${BEFORE}\\d{1,6}(?:-\\d{1,9}){2,6}(?:-[\\dX])?${END}`,
  `${BEFORE}\\d{4}(?:[  ]\\d{4}){2,4}${END}`,
]

/** IP addresses, optionally followed by a port or a mask. */
export const IP = `${BEFORE}\\d{1,3}(?:\\.\\d{1,3}){3}(?:[:/]\\d{1,5})?(?![\\p{L}\\p{N}]|\\.\\d)`

/** v2, v2.0.1, 2.0.1 */
export const VERSION = `${BEFORE}(?:(?<v>v(?:er)?\\.?\\s?|Ver\\.\\s?|V(?=\\d+\\.\\d))(?<a>\\d+(?:\\.\\d+)*)|(?<b>\\d+(?:\\.\\d+){2,}))(?![\\p{N}]|\\.\\d)`

/** The groups of digits in a telephone number or a code. */
export function groupsOf(written: string): string[] {
  return written.match(/\d+/g) ?? []
}

/** A number with dots between groups of three is one number, not a version: 1.000.000. */
export function isGrouped(written: string): boolean {
  return /^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(written) && written.length <= MOST_DIGITS * 2
}
