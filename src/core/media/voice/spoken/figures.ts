/** White space between the groups of one number. */
const NARROW = '[\\u00a0\\u2009\\u202f]'

/**
 * A number in figures: 1234, 1,234,567, 12,34,567 (as in India), 1'234, 1 234 (with a narrow space) or 1 234 567, each optionally
 * with decimals, and .5.
 */
export const NUMBER = `(?:
  (?:\\d{1,3}(?:,\\d{3})+|\\d{1,2}(?:,\\d{2})+,\\d{3}|\\d{1,3}(?:(?:${NARROW}|['’])\\d{3})+|\\d{1,3}(?: \\d{3}){2,}(?!\\d)|\\d+)(?:\\.\\d+)?
  |(?<![\\d.])\\.\\d+)`.replace(/\n\s*/g, '')

/** Must follow a number: nothing that would make it a different number. */
export const NUMBER_END = '(?![\\d]|[.,]\\d)'

/** The digits before and after the decimal point. */
export function digitsOf(written: string): { whole: string; fraction: string } {
  const [whole = '', fraction = ''] = written.replace(/[^\d.]/g, '').split('.')
  return { whole: whole || '0', fraction }
}

/** A number of more digits isn't an amount but some kind of key. */
export const MOST_DIGITS = 15

/** Whether a number is read digit by digit: 007, or far too long. */
export function isCode(whole: string): boolean {
  return whole.length > MOST_DIGITS || (whole.length > 1 && whole.startsWith('0'))
}

/** The value of characters such as ①, ⑳, ❶, ⒈, ⑴, Ⅳ and ⅻ; null for others. */
export function countOf(character: string): number | null {
  const point = character.codePointAt(0) ?? 0
  // Negative circled digits (❶ ➊) have no compatibility form.
  if (point >= 0x2776 && point <= 0x2793) return ((point - 0x2776) % 10) + 1
  if (point >= 0x24eb && point <= 0x24f4) return point - 0x24eb + 11
  if (point >= 0x24f5 && point <= 0x24fe) return point - 0x24f5 + 1
  if (point === 0x24ff) return 0
  const plain = character.normalize('NFKC').replace(/[().]/g, '')
  if (/^\d{1,2}$/.test(plain)) return Number(plain)
  return /^[\u2160-\u217f]$/.test(character) ? romanOf(plain) : null
}

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 }

function romanOf(letters: string): number {
  const values = [...letters.toLowerCase()].map((letter) => ROMAN[letter] ?? 0)
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0)
}

/** All such characters. */
export const COUNTS = '[①-⑳㉑-㉟㊱-㊿⑴-⒛⓪⓫-⓿❶-➓Ⅰ-ⅿ]'

/** Converts the digits of exponents and indices to plain ones. */
export function plainDigits(raised: string): string {
  return raised.normalize('NFKC').replace('−', '-')
}

/** The numerator and denominator of ½, ¾, ⅞ … */
export function fractionOf(character: string): { over: string; under: string } {
  const [over = '1', under = '2'] = character.normalize('NFKC').split('⁄')
  return { over, under }
}

export const FRACTIONS = '[¼½¾⅐-⅞↉]'
