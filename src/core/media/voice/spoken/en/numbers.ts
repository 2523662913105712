import { toCardinal, toOrdinal } from 'n2words/en-US'
import { digitsOf, isCode } from '../figures.ts'

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** Digit by digit: “zero zero seven”. Other characters are left out. */
export function spelled(digits: string): string {
  return [...digits].flatMap((digit) => DIGITS[Number(digit)] ?? []).join(' ')
}

/** A whole number in plain digits. */
export function cardinal(digits: string): string {
  return isCode(digits) ? spelled(digits) : toCardinal(BigInt(digits || '0'))
}

export function ordinal(digits: string): string {
  if (Number(digits) === 0) return 'zeroth'
  return isCode(digits) ? spelled(digits) : toOrdinal(BigInt(digits))
}

/** A number as written: `1,299,450.75`, `.5`. */
export function numberWords(written: string): string {
  const { whole, fraction } = digitsOf(written)
  if (fraction === '') return cardinal(whole)
  return `${written.startsWith('.') ? '' : `${cardinal(whole)} `}point ${spelled(fraction)}`
}

/** 1969 “nineteen sixty-nine”, 2005 “two thousand five”, 1905 “nineteen oh five”. */
export function year(digits: string): string {
  const number = Number(digits)
  const rest = number % 100
  if (digits.length !== 4 || number < 1000 || (number % 1000 < 10 && number < 3000)) return cardinal(digits)
  const century = cardinal(String(Math.floor(number / 100)))
  if (rest === 0) return `${century} hundred`
  return `${century} ${rest < 10 ? `oh ${cardinal(String(rest))}` : cardinal(String(rest))}`
}

/** “nineties” from ninety, “twenties” from twenty, “hundreds” from hundred. */
export function severalOf(word: string): string {
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : /(?:x|s)$/.test(word) ? `${word}es` : `${word}s`
}

/** “two thirds”, “one half”, “three quarters”; “nine over two” if the value exceeds 4 or the denominator 1000. */
export function fractionWords(over: string, under: string): string {
  const [top, bottom] = [Number(over), Number(under)]
  if (top === bottom) return `${cardinal(over)} ${top === 50 ? '' : 'out of '}${cardinal(under)}`
  if (bottom === 0 || top > bottom * 4 || bottom > 1000) return `${cardinal(over)} over ${cardinal(under)}`
  if (bottom === 1) return cardinal(over)
  const one = bottom === 2 ? 'half' : bottom === 4 ? 'quarter' : ordinal(under)
  const many = bottom === 2 ? 'halves' : `${one}s`
  return `${cardinal(over)} ${top === 1 ? one : many}`
}
