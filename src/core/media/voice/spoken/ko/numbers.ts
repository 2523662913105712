import { josa, numberToHangul, susa } from 'es-hangul'
import { digitsOf, isCode } from '../figures.ts'

const DIGITS = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구']

/** Digit by digit, by default with 공 for 0 as in telephone numbers. */
export function spelled(digits: string, zero = '공'): string {
  return [...digits].map((digit) => (digit === '0' ? zero : (DIGITS[Number(digit)] ?? ''))).join('')
}

/** A whole number in plain digits: 12500 “만 이천오백”. */
export function cardinal(digits: string): string {
  if (isCode(digits)) return spelled(digits)
  return numberToHangul(Number(digits || '0'), { spacing: true }).replace(/^일만/, '만')
}

/** A number as written: 605.2 “육백오 점 이”. */
export function numberWords(written: string): string {
  const { whole, fraction } = digitsOf(written)
  return fraction === '' ? cardinal(whole) : `${cardinal(whole)} 점 ${spelled(fraction, '영')}`
}

/** A number times a power of ten: 1.2 and 9 “십이억”. */
export function scaled(written: string, zeros: number): string {
  const { whole, fraction } = digitsOf(written)
  const digits = (whole + fraction.slice(0, zeros).padEnd(zeros, '0')).replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(zeros)
  return /[1-9]/.test(rest) ? `${cardinal(digits)} 점 ${spelled(rest, '영')}` : cardinal(digits)
}

/** 하나 to 아흔아홉 in the form before a counter: 세, 스무. */
export function native(number: number): string {
  return susa(number, true)
}

/** 6월 is 유월 and 10월 시월. */
export function month(digits: string): string {
  const number = Number(digits)
  return number === 6 ? '유월' : number === 10 ? '시월' : `${cardinal(String(number))}월`
}

const PARTICLES = [...['은/는', '을/를', '으로/로', '이/가', '와/과'].map((pair) => pair.split('/'))] as [
  string,
  string,
][]
const NUMERAL = /(?:^|[^가-힣])제?[영공일이삼사오육칠팔구십백천만억조점 ]+$/

/**
 * Adapts the particle after something that is said differently from how it is written to its sound: 9.3달러는, not 은. After a
 * bare number, 이, 가, 과 and 와 may be separate words (3가, 제2과).
 */
export function agreeing(said: string, after: string): { length: number; say: string } | null {
  const particle = /^(?:으로|은|는|을|를|로|이|가|과|와)(?![가-힣])/.exec(after)?.[0]
  if (particle === undefined || !/[가-힣]$/.test(said)) return null
  const pair = PARTICLES.find((each) => each.includes(particle))
  if (!pair || (NUMERAL.test(said) && /^[이가과와]$/.test(particle))) return null
  const last = said.slice(-1)
  const right = josa(last, pair.join('/') as '은/는').slice(last.length)
  return { length: particle.length, say: right }
}
