import { COUNTS, countOf, NUMBER, NUMBER_END, plainDigits } from '../figures.ts'
import { CODES, groupsOf, IP, isGrouped, PHONES, VERSION } from '../groups.ts'
import { at, JOINED, parts, type Rule } from '../scan.ts'
import { COUNTER_AHEAD } from './counters.ts'
import { cardinal, native, numberWords, spelled } from './numbers.ts'
import { signWord } from './quantities.ts'

const hangulAfter = (pattern: string) =>
  pattern
    .replace(/\(\?!\[\\p\{L\}\\p\{N\}\]/g, '(?![\\p{Script=Latin}\\p{N}]')
    .replace(/\(\?<!\[\\p\{L\}\\p\{N\}\]/g, '(?<![\\p{Script=Latin}\\p{N}]')
const BEFORE = '(?<![\\p{Script=Latin}\\p{N}])'
const END = '(?![\\p{Script=Latin}\\p{N}])'

/** Telephone numbers and other codes read digit by digit. Particles may follow without a space. */
export const CODE_RULES: Rule[] = [
  {
    pattern: at(`${BEFORE}(?:11[1-9]|120|129)(?=에|로|번|\\s?(?:신고|구급|상황|센터))`),
    say: ([digits]) => spelled(digits),
  },
  { pattern: at(`${BEFORE}1\\+1(?!\\s?=|\\d)`), say: () => '원 플러스 원' },
  ...PHONES.map((pattern) => ({
    pattern: at(hangulAfter(pattern)),
    say: ([written]: RegExpExecArray) => (/^\+\d{1,4}$/.test(written) ? null : inGroups(written)),
  })),
  {
    pattern: at(hangulAfter(IP)),
    say: ([written]) =>
      written
        .replace(/[:/]/, ' 슬래시 ')
        .replace(/\d+/g, (digits) => spelled(digits, '영'))
        .replace(/\./g, ' 점 '),
  },
  ...CODES.map((pattern) => ({
    pattern: at(hangulAfter(pattern)),
    say: ([written]: RegExpExecArray) => inGroups(written),
  })),
  {
    pattern: at(hangulAfter(VERSION)),
    say: ({ groups = {} }) => {
      const { v, a = '', b = '' } = groups
      if (v === undefined && isGrouped(b)) return cardinal(b.replace(/\./g, ''))
      const numbers = (a || b).split('.').map(cardinal).join(' 점 ')
      return v === undefined ? numbers : `버전 ${numbers}`
    },
  },
]

function inGroups(written: string): string {
  const plus = written.startsWith('+') ? '플러스 ' : ''
  return `${plus}${groupsOf(written)
    .map((digits) => spelled(digits))
    .join(', ')}${/X$/.test(written) ? ' 엑스' : ''}`
}

/** The numbers that remain after dates, amounts, counters and codes. */
export const NUMBER_RULES: Rule[] = [
  {
    pattern: at(`${BEFORE}(?<n>\\d+)(?:st|nd|rd|th)${END}`),
    say: ({ groups = {} }) => {
      const number = Number(groups.n)
      return number === 1
        ? '첫 번째'
        : `${number >= 1 && number <= 99 ? native(number) : cardinal(groups.n ?? '')} 번째`
    },
  },
  {
    pattern: at(`${BEFORE}#(?<n>\\d+(?:,\\d{3})*)`),
    say: ({ groups = {} }) => `${numberWords(groups.n ?? '')} 번`,
  },
  {
    pattern: at(`(?:№|${BEFORE}N[oº°]\\.?|${BEFORE}no\\.)\\s?(?=\\d)`),
    say: (match) => parts([match[0], '넘버 ']),
  },
  { pattern: at(`§§?\\s?(?=\\d)`), say: () => '섹션 ' },
  { pattern: at(`${BEFORE}pp?\\.\\s?(?=\\d)`), say: () => '페이지 ' },
  {
    pattern: at(`${BEFORE}(?<a>\\d+)\\s?[\\/⁄∕]\\s?(?<b>\\d+)${END}(?!\\/)`),
    say: ({ groups = {} }) => fraction(groups.a ?? '', groups.b ?? ''),
  },
  {
    pattern: at(`${BEFORE}(?<a>${NUMBER})\\s?(?<sign>[:∶])\\s?(?<b>${NUMBER})${END}`),
    say: ({ groups = {} }) => `${numberWords(groups.a ?? '')} 대 ${numberWords(groups.b ?? '')}`,
  },
  // 5 < 6, a ≥ b
  {
    pattern: at(
      `(?<![\\p{L}\\p{N}.])(?<a>${NUMBER}|[a-zA-Z])(?<sign>\\s?(?:<=|>=|[<>≤≥≠])\\s?)(?<b>${NUMBER}|[a-zA-Z])(?![\\p{L}\\p{N}])`,
    ),
    say: ({ groups = {} }) => {
      const { a = '', sign = '', b = '' } = groups
      const [one, other] = [a, b].map((operand) => (/\d/.test(operand) ? numberWords(operand) : operand)) as [
        string,
        string,
      ]
      const than = COMPARED[sign.trim()] ?? ''
      const behind = than.startsWith('같') ? (/[일삼육칠팔십백천만영]$/.test(other) ? '과 ' : '와 ') : '보다 '
      return parts([a + sign, `${one}${topic(one)} `], [b, `${other}${behind}${than}`])
    },
  },
  {
    pattern: at(`(?<![\\p{L}\\p{N}\\p{P}])(?<sign><=|>=|[<>≤≥])\\s?(?<b>${NUMBER})(?![\\p{L}\\p{N}%°])`),
    say: ({ groups = {} }) => `${numberWords(groups.b ?? '')} ${BOUND[groups.sign ?? ''] ?? ''}`,
  },
  { pattern: at('(?<=\\d)-(?=\\d+(?:\\.\\d+)?\\s?=)'), say: () => ' 빼기 ' },
  // 3-0으로 이겼다
  {
    pattern: at(
      '(?<=(?<!\\d)\\d{1,2})-(?=\\d{1,2}(?:으로|로)\\s?(?:승|패|이겼|이기|졌|앞|비겼|비기|역전|꺾|완승|완패))',
    ),
    say: () => ' 대 ',
  },
  // 6·25, 12·12: days known by their numbers
  {
    pattern: at(`${BEFORE}(?<m>1[0-2]|[1-9])·(?<d>3[01]|[12]\\d|[1-9])(?!\\d)`),
    say: ({ groups = {} }) => {
      const { m = '', d = '' } = groups
      return cardinal(m) + (d === '10' || d === '12' ? cardinal(d) : spelled(d, '영'))
    },
  },
  // 3~5: the part before has already been said
  {
    pattern: at(
      `(?<=[\\d%‰°℃])\\s?[~〜～–—]\\s?(?=\\p{Sc}?[-−]?\\d)|(?<=\\d)-(?=\\d)|(?<=[시분일월년원명개])\\s?[~〜～–—-]\\s?(?=\\d)|(?<=\\d\\s?[a-zA-Z°²³]{1,4})\\s?[~〜～–—-]\\s?(?=\\d)`,
    ),
    say: () => `${JOINED}에서 `,
  },
  {
    pattern: at(`(?<=(?<a>\\d+)) - (?=(?<b>\\d+))`),
    say: ({ groups = {} }, { text }) =>
      Number(groups.a) < Number(groups.b) && !/[=<>]/.test(text) ? `${JOINED}에서 ` : ' 빼기 ',
  },
  {
    pattern: at('(?<=(?<word>[\\p{L}\\p{N})]+))(?<digits>[⁻]?[⁰¹²³⁴-⁹]+)'),
    say: ({ groups = {} }) => raised(groups.word ?? '', plainDigits((groups.digits ?? '').replace('⁻', '-'))),
  },
  { pattern: at('[₀-₉⁰¹²³⁴-⁹]+'), say: ([digits]) => cardinal(plainDigits(digits)) },
  {
    pattern: at(`${COUNTS}(?:(?<apart>${COUNTER_AHEAD})|)`),
    say: (match) =>
      `${cardinal(String(countOf(match[0]) ?? ''))}${match.groups?.apart === undefined ? '' : ' '}`,
  },
  {
    pattern: at(`(?<![\\p{L}\\p{N})])(?<sign>[-−+±~≈])(?=\\.?\\d)`),
    say: ({ groups = {} }) => signWord(groups.sign) || null,
  },
  { pattern: at('(?<=\\p{L})[-–](?=\\d)'), say: () => ' ' },
  { pattern: at('(?<=\\d\\s?[가-힣]{1,3})\\+(?![\\p{L}\\p{N}])'), say: () => ' 이상' },
  {
    pattern: at(`(?<n>${NUMBER})\\+(?![\\p{L}\\p{N}])`),
    say: ({ groups = {} }) => `${numberWords(groups.n ?? '')} 이상`,
  },
  {
    pattern: at(`(?<n>${NUMBER})${NUMBER_END}(?:(?<apart>${COUNTER_AHEAD})|)`),
    say: ({ groups = {} }) => `${numberWords(groups.n ?? '')}${groups.apart === undefined ? '' : ' '}`,
  },
  { pattern: at('\\d+'), say: ([digits]) => cardinal(digits) },
  { pattern: at('\\p{N}'), say: ([sign]) => others(sign) },
]

const COMPARED: Record<string, string> = {
  ...{
    '<': '작다',
    '>': '크다',
    '≤': '작거나 같다',
    '<=': '작거나 같다',
    '≥': '크거나 같다',
    '>=': '크거나 같다',
    '≠': '같지 않다',
  },
}
const BOUND: Record<string, string> = {
  '<': '미만',
  '>': '초과',
  '≤': '이하',
  '<=': '이하',
  '≥': '이상',
  '>=': '이상',
}

/** 은 or 는, whichever fits the spoken word before it. */
export function topic(said: string): string {
  const last = said.trimEnd().slice(-1)
  const code = last.charCodeAt(0) - 0xac00
  return code >= 0 && code < 11172 && code % 28 > 0 ? '은' : '는'
}

/** 1/3 “삼 분의 일”. */
function fraction(over: string, under: string): string {
  if (over === '24' && under === '7') return '이십사 칠'
  return `${cardinal(under)} 분의 ${cardinal(over)}`
}

function raised(word: string, digits: string): string {
  const isPower = /\d$/.test(word) || /^\p{L}{1,2}$/u.test(word)
  if (!isPower) return ''
  if (digits === '2') return ' 제곱'
  if (digits === '3') return ' 세제곱'
  return `${JOINED}의 ${digits.startsWith('-') ? '마이너스 ' : ''}${cardinal(digits.replace('-', ''))}제곱`
}

function others(sign: string): string {
  const digits = sign.normalize('NFKC').match(/\d+/g)?.join('') ?? ''
  return digits === '' ? ' ' : cardinal(digits)
}
