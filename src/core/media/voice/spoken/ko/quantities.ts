import { CURRENCY, currencyOf } from '../currencies.ts'
import { digitsOf, FRACTIONS, fractionOf, NUMBER, NUMBER_END } from '../figures.ts'
import { at, parts, type Rule } from '../scan.ts'
import { CLEAR_UNIT, SPANS, UNIT, UNITS } from '../units.ts'
import { COUNTER_AHEAD } from './counters.ts'
import { cardinal, native, numberWords, scaled } from './numbers.ts'

/** Powers of ten. */
const MAGNITUDES: Record<string, number> = {
  ...{
    k: 3,
    K: 3,
    thousand: 3,
    M: 6,
    m: 6,
    mn: 6,
    million: 6,
    B: 9,
    b: 9,
    bn: 9,
    billion: 9,
    T: 12,
    tn: 12,
    trillion: 12,
  },
}
const LETTERS =
  '(?:[KkMBbTm]|bn|mn|tn)(?![\\p{Script=Latin}\\p{N}])|\\s?(?:thousand|million|billion|trillion)(?![a-z])'
const BEFORE = '(?<![\\p{Script=Latin}\\p{N}])'
const END = '(?![\\p{Script=Latin}\\p{N}])'
const SIGN = '(?<sign>[-−+±~≈]?)'
const RANGE = '\\s?[-–—~〜～]\\s?'
/** 만, 천만, 억 … after figures. */
const LARGE = '[십백천]?[만억조경](?![가-힣]{0,1}(?:나|세|약))'

/** Amounts of money, measures, and numbers with 만, 억 or K and M. */
export const QUANTITIES: Rule[] = [
  {
    pattern: at(
      `${BEFORE}(?<currency>${CURRENCY})\\s?(?<low>${NUMBER})(?<first>${LARGE})?(?:${RANGE})(?:${CURRENCY}\\s?)?(?<high>${NUMBER})(?<mag>${LETTERS})?(?<large>${LARGE})?${NUMBER_END}`,
    ),
    say: ({ groups = {} }) => {
      const { currency = '', low = '', first = '', high = '', mag = '', large = '' } = groups
      const zeros = MAGNITUDES[mag.trim()] ?? 0
      const from = first ? largeWords(low, first) : zeros ? scaled(low, zeros) : numberWords(low)
      const to = large ? largeWords(high, large) : zeros ? scaled(high, zeros) : numberWords(high)
      const name = currencyOf(currency)?.ko[0]
      return name === undefined ? null : `${from}에서 ${to} ${name}`
    },
  },
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<currency>${CURRENCY})\\s?(?<minus>[-−]?)(?<number>${NUMBER})(?<mag>${LETTERS})?(?<large>${LARGE}(?:\\s?\\d[\\d,]*${LARGE})*)?(?<per>\\/[a-zA-Z가-힣]+)?${NUMBER_END}`,
    ),
    say: ({ groups = {} }) => {
      const { sign = '', currency = '', minus = '', number = '', mag = '', large = '', per = '' } = groups
      const money = currencyOf(currency)
      if (!money) return null
      const head = `${perWords(per)}${signWord(sign || minus)}`
      if (mag) return `${head}${scaled(number, MAGNITUDES[mag.trim()] ?? 0)} ${money.ko[0]}`
      if (large) return `${head}${largeChain(number + large)} ${money.ko[0]}`
      return `${head}${moneyWords(number, money.ko)}`
    },
  },
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<number>${NUMBER})(?<mag>${LETTERS})?(?<gap>\\s?)(?<currency>${CURRENCY}|¢)${END}`,
    ),
    say: (match) => {
      const { sign = '', number = '', mag = '', gap = '', currency = '' } = match.groups ?? {}
      const name = currency === '¢' ? '센트' : currencyOf(currency)?.ko[0]
      if (name === undefined) return null
      const amount = mag ? scaled(number, MAGNITUDES[mag.trim()] ?? 0) : numberWords(number)
      return parts(
        [match[0].slice(0, -(gap + currency).length), `${signWord(sign)}${amount} `],
        [gap + currency, name],
      )
    },
  },
  // 605.2㎢, 25℃, -5 °C, 60 km/h
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<number>${NUMBER})(?<gap>[ \\u00a0]?)(?<unit>${UNIT})(?<per>[\\/∕](?:${UNIT}|[a-z]+))?${END}`,
    ),
    say: (match) => {
      const { sign = '', number = '', gap = '', unit = '', per = '' } = match.groups ?? {}
      const name = UNITS.get(unit)
      if (!name) return null
      const isCold = unit === '°C' && /[-−]/.test(sign)
      const head = `${unit === '°F' ? '화씨 ' : ''}${speed(unit, per)}${isCold ? '영하 ' : signWord(sign)}${numberWords(number)} `
      return parts([sign + number, head], [gap + unit + per, name.ko])
    },
  },
  {
    pattern: at(`${BEFORE}(?<h>\\d{1,2})h\\s?(?<m>\\d{1,2})(?:m|min)?${END}`),
    say: ({ groups = {} }) => `${hours(groups.h ?? '')} ${cardinal(groups.m ?? '')} 분`,
  },
  { pattern: at(`${BEFORE}(?<n>[248])K${END}`), say: ({ groups = {} }) => `${cardinal(groups.n ?? '')} K` },
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<number>${NUMBER})(?<mag>[KkM]|bn|mn|tn|(?<=\\.\\d+)[BbT])(?<plus>\\+?)${END}`,
    ),
    say: ({ groups = {} }) =>
      `${signWord(groups.sign)}${scaled(groups.number ?? '', MAGNITUDES[groups.mag ?? ''] ?? 0)}${groups.plus && ' 이상'}`,
  },
  {
    pattern: at(`${BEFORE}(?<n>${NUMBER})[xX×]${END}`),
    say: ({ groups = {} }) => `${times(groups.n ?? '')} 배`,
  },
  // 3만5천, 1억 2,000만, 1.5만
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<amount>${NUMBER}${LARGE}(?:\\s?\\d[\\d,]*(?:${LARGE}|[십백천]))*(?:\\s?\\d[\\d,]*(?![\\d.,]))?)(?:(?<apart>${COUNTER_AHEAD})|)`,
    ),
    say: (match) => {
      const { sign = '', amount = '', apart } = match.groups ?? {}
      return `${signWord(sign)}${largeChain(amount)}${apart === undefined ? '' : ' '}`
    },
  },
  {
    pattern: at(`${BEFORE}(?<n>\\d{1,4})(?<large>[십백천])(?=\\s?(?:원|명|개|년|번|만|억|여))`),
    say: ({ groups = {} }) => `${largeWords(groups.n ?? '', groups.large ?? '')} `,
  },
  {
    pattern: at(`${BEFORE}(?:(?<whole>\\d{1,3})\\s?)?(?<fraction>${FRACTIONS})`),
    say: ({ groups = {} }) => {
      const { over, under } = fractionOf(groups.fraction ?? '')
      return `${groups.whole ? `${cardinal(groups.whole)}과 ` : ''}${cardinal(under)} 분의 ${cardinal(over)}`.replace(
        /^([가-힣]*[이사오구])과/,
        '$1와',
      )
    },
  },
  { pattern: at(`${BEFORE}${CLEAR_UNIT}${END}`), say: ([unit]) => UNITS.get(unit)?.ko ?? null },
]

/** 3시간 as an amount of time: “세 시간”. */
function hours(digits: string): string {
  const number = Number(digits)
  return `${number >= 1 && number <= 20 ? native(number) : cardinal(digits)} 시간`
}

function times(written: string): string {
  const number = Number(written)
  return Number.isInteger(number) && number >= 1 && number < 20 ? native(number) : numberWords(written)
}

export function signWord(sign = ''): string {
  return (
    { '-': '마이너스 ', '−': '마이너스 ', '+': '플러스 ', '±': '플러스마이너스 ', '~': '약 ', '≈': '약 ' }[
      sign
    ] ?? ''
  )
}

/** 5천만 “오천만”, 1만 “만”, 1억 “일억”. */
function largeWords(number: string, large: string): string {
  const said = `${numberWords(number)}${large}`
  return number === '1' && !/^[억조경]/.test(large) ? large : said.replace(/(\d)/g, '')
}

function largeChain(written: string): string {
  return [...written.matchAll(/(?<gap>\s?)(?<n>[\d,]*\.?\d+)(?<large>[십백천]?[만억조경]|[십백천])?/g)]
    .map(({ groups = {} }, index) => {
      const said = largeWords(groups.n ?? '', groups.large ?? '')
      return index === 0 ? said : ` ${said}`
    })
    .join('')
}

function moneyWords(number: string, [name, cent]: [string, string]): string {
  const { whole, fraction } = digitsOf(number)
  if (cent === '' || fraction.length !== 2) return `${numberWords(number)} ${name}`
  const coins = fraction === '00' ? '' : `${cardinal(String(Number(fraction)))} ${cent}`
  if (whole === '0' && coins !== '') return coins
  return `${cardinal(whole)} ${name}${coins && ' '}${coins}`
}

/** 시속, 초속, 킬로그램당 … before the number. */
function speed(unit: string, per: string): string {
  if (unit === 'mph' || unit === 'kph') return '시속 '
  const isLength = /^(?:k|c|m|µ)?m$|^mi$|^ft$/.test(unit)
  if (isLength && /^.(?:h|hr)$/.test(per)) return '시속 '
  if (isLength && /^.(?:s|sec)$/.test(per)) return '초속 '
  return perWords(per)
}

function perWords(per: string): string {
  if (per === '') return ''
  const unit = per.slice(1)
  return `${SPANS[unit]?.[1] ?? UNITS.get(unit)?.ko ?? unit}당 `
}
