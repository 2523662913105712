import { CURRENCY, type Currency, currencyOf } from '../currencies.ts'
import { digitsOf, FRACTIONS, fractionOf, NUMBER, NUMBER_END } from '../figures.ts'
import { at, type Part, parts, type Rule } from '../scan.ts'
import { CLEAR_UNIT, SPANS, UNIT, UNITS } from '../units.ts'
import { cardinal, fractionWords, numberWords } from './numbers.ts'

const MAGNITUDES: Record<string, string> = {
  ...{
    k: 'thousand',
    K: 'thousand',
    M: 'million',
    m: 'million',
    mn: 'million',
    mm: 'million',
    mil: 'million',
  },
  ...{
    B: 'billion',
    b: 'billion',
    bn: 'billion',
    bil: 'billion',
    T: 'trillion',
    t: 'trillion',
    tn: 'trillion',
  },
}
const WORDS = 'hundred|thousand|million|billion|trillion|quadrillion'
const BEFORE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'
const SIGN = '(?<sign>[-−+±~≈]?)'
const RANGE = '\\s?[-–—~〜～]\\s?'

/** Amounts of money, measures, and figures with K, M etc. */
export const QUANTITIES: Rule[] = [
  // $5–10, $5-$10: the currency is said once, at the end.
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<sign2>${CURRENCY})\\s?(?<low>${NUMBER})(?<lowMag>[KkMBbT]|bn|mn)?(?<dash>${RANGE})
       (?:${CURRENCY}\\s?)?(?<high>${NUMBER})(?<mag>(?:[KkMBbTm]|bn|mn|tn)(?![\\p{L}\\p{N}]))?(?<word>\\s(?:${WORDS})${END})?(?<per>\\/[a-zA-Z]+)?${NUMBER_END}`,
    ),
    say: (match) => {
      const {
        sign = '',
        sign2 = '',
        low = '',
        lowMag = '',
        high = '',
        mag = '',
        word = '',
        per = '',
      } = match.groups ?? {}
      const currency = currencyOf(sign2)
      if (!currency) return null
      const first = magnitude(numberWords(low), lowMag)
      const said = `${signWord(sign)}${first} to ${magnitude(numberWords(high), mag)}`
      const whole = match[0].slice(0, match[0].length - word.length - per.length)
      return named(
        [
          [whole, said],
          [word + per, word],
        ],
        `${nameOf(currency, '2')}${perWords(per)}`,
      )
    },
  },
  {
    pattern: at(
      `${BEFORE}(?:${SIGN}(?<currency>${CURRENCY})\\s?(?<minus>[-−]?))(?<number>${NUMBER})
       (?<mag>(?:[KkMBbTm]|bn|mn|tn|mil|bil)(?![\\p{L}\\p{N}]))?(?<word>\\s?(?:${WORDS})s?${END})?(?<plus>\\+)?(?<per>\\/[a-zA-Z]+)?${NUMBER_END}`,
    ),
    say: (match, { text, at: from }) => {
      const {
        sign = '',
        currency = '',
        minus = '',
        number = '',
        mag = '',
        word = '',
        plus = '',
        per = '',
      } = match.groups ?? {}
      const money = currencyOf(currency)
      // A code that is part of another word was ruled out by the pattern; `Rs` and `CAD` need no space before the figures.
      if (!money || (/^[A-Z]{3}$/.test(currency) && /^[A-Z]/.test(text.slice(from + 3)))) return null
      const before = signWord(sign || minus)
      const head = match[0].slice(0, match[0].length - word.length - plus.length - per.length)
      const after = `${plus && ' plus'}${perWords(per)}`
      if (mag === '' && word === '') return parts([match[0], `${before}${moneyWords(money, number)}${after}`])
      const amount = before + magnitude(numberWords(number), mag)
      return named(
        [
          [head, amount],
          [word + plus + per, word],
        ],
        `${nameOf(money, '2')}${after}`,
      )
    },
  },
  // 5€, 5 USD, 50¢
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<number>${NUMBER})(?<mag>(?:[KkMBbT]|bn|mn|tn)(?![\\p{L}\\p{N}]))?(?<word>\\s(?:${WORDS}))?
       (?<space>\\s?)(?<currency>${CURRENCY}|¢)(?![\\p{L}\\p{N}])(?<per>\\/[a-zA-Z]+)?`,
    ),
    say: (match) => {
      const {
        sign = '',
        number = '',
        mag = '',
        word = '',
        space = '',
        currency = '',
        per = '',
      } = match.groups ?? {}
      const head = match[0].slice(
        0,
        match[0].length - word.length - space.length - currency.length - per.length,
      )
      const amount = signWord(sign) + magnitude(numberWords(number), mag)
      const one = number === '1' && mag === '' && word === ''
      if (currency === '¢') return parts([match[0], `${amount} ${one ? 'cent' : 'cents'}`])
      const money = currencyOf(currency)
      if (!money) return null
      if (space === '' && word === '' && mag === '')
        return parts([match[0], `${signWord(sign)}${moneyWords(money, number)}${perWords(per)}`])
      const name = `${nameOf(money, one ? '1' : '2')}${perWords(per)}`
      return parts([head, amount], [word, word], [space, ' '], [currency + per, name])
    },
  },
  // 25 km, 50%, 90 km/h, 5 kg/m³, 1½ cups are below
  {
    pattern: at(
      `${BEFORE}${SIGN}(?<number>${NUMBER})(?<space>[ \\u00a0\\u2009\\u202f-]?)(?<unit>${UNIT})(?<per>[\\/∕](?:${UNIT}|[a-z]+))?(?![\\p{L}\\p{N}]|\\/\\p{L})`,
    ),
    say: (match) => {
      const { sign = '', number = '', space = '', unit = '', per = '' } = match.groups ?? {}
      // Units after a hyphen such as “10-m” for “10-minute” are rarer than a hyphen before a word.
      if (isMistakable(number, unit, space)) return null
      const isOne = number === '1' || /^1$/.test(number)
      const name = UNITS.get(unit)
      if (!name) return null
      const amount = `${signWord(sign)}${numberWords(number)}`
      const hyphen = space === '-'
      const said = `${isOne || hyphen ? name.one : name.many}${perWords(per)}`
      if (space === '') return parts([match[0], `${amount} ${said}`])
      return parts(
        [match[0].slice(0, -(space + unit + per).length), amount],
        [space, ' '],
        [unit + per, said],
      )
    },
  },
  // 1h30m, 2h 15min
  {
    pattern: at(
      `${BEFORE}(?<h>\\d{1,3})\\s?h\\s?(?<m>\\d{1,2})\\s?(?:m|min)?(?:\\s?(?<s>\\d{1,2})\\s?s)?${END}`,
    ),
    say: ({ groups = {} }) =>
      [
        ['h', 'hour'],
        ['m', 'minute'],
        ['s', 'second'],
      ]
        .flatMap(([key = '', name = '']) => {
          const digits = groups[key]
          return digits ? [`${cardinal(digits)} ${name}${digits === '1' ? '' : 's'}`] : []
        })
        .join(' '),
  },
  // 5′10″
  {
    pattern: at(`${BEFORE}(?<feet>\\d{1,2})['′’](?<inches>\\d{1,2})["″”]${END}`),
    say: ({ groups = {} }) => `${cardinal(groups.feet ?? '')} foot ${cardinal(groups.inches ?? '')}`,
  },
  {
    // A straight quotation mark means inches only if no quotation is open.
    pattern: at(`${BEFORE}(?<n>${NUMBER})(?<sign>[″"])(?![\\p{L}\\p{N}])`),
    say: ({ groups = {} }, { text, at: from }) => {
      const isOpen = (text.slice(0, from).match(/"/g)?.length ?? 0) % 2 === 1
      return groups.sign === '"' && isOpen ? null : `${numberWords(groups.n ?? '')} inch`
    },
  },
  {
    pattern: at(`${BEFORE}(?<n>${NUMBER})[″]`),
    say: ({ groups = {} }) => `${numberWords(groups.n ?? '')} inch`,
  },
  {
    pattern: at(`${BEFORE}(?<n>${NUMBER})[′]`),
    say: ({ groups = {} }) => `${numberWords(groups.n ?? '')} foot`,
  },
  // 4K and 8K are names of formats.
  { pattern: at(`${BEFORE}(?<n>[248])K${END}`), say: ({ groups = {} }) => `${cardinal(groups.n ?? '')} K` },
  {
    pattern: at(`${BEFORE}${SIGN}(?<number>${NUMBER})(?<mag>[KkM]|bn|mn|tn)(?<plus>\\+?)${END}`),
    say: ({ groups = {} }) =>
      `${signWord(groups.sign)}${magnitude(numberWords(groups.number ?? ''), groups.mag ?? '')}${groups.plus && ' plus'}`,
  },
  {
    pattern: at(`${BEFORE}${SIGN}(?<number>\\d+\\.\\d+)(?<mag>[BbT])${END}`),
    say: ({ groups = {} }) =>
      `${signWord(groups.sign)}${magnitude(numberWords(groups.number ?? ''), groups.mag ?? '')}`,
  },
  {
    pattern: at(`${BEFORE}(?<n>${NUMBER})[xX×]${END}`),
    say: ({ groups = {} }) => `${numberWords(groups.n ?? '')} times`,
  },
  // 1½, 1 1/2, 1 ½ and fractions by themselves
  {
    pattern: at(`${BEFORE}${SIGN}(?:(?<whole>\\d{1,3})(?<gap>[ \\u00a0]?))?(?<fraction>${FRACTIONS})`),
    say: ({ groups = {} }) => {
      const { over, under } = fractionOf(groups.fraction ?? '')
      const said = groups.whole ? mixed(groups.whole, over, under) : fractionWords(over, under)
      return signWord(groups.sign) + said
    },
  },
  {
    pattern: at(`${BEFORE}(?<whole>\\d{1,3}) (?<over>\\d{1,2})[\\/⁄∕](?<under>\\d{1,3})${END}(?!\\/)`),
    say: ({ groups = {} }) => {
      const { whole = '', over = '', under = '' } = groups
      if (Number(over) >= Number(under)) return null
      const said = mixed(whole, over, under).slice(cardinal(whole).length)
      return parts([whole, cardinal(whole)], [` ${over}/${under}`, said])
    },
  },
  {
    pattern: at(`${BEFORE}${CLEAR_UNIT}(?![\\p{L}\\p{N}])`),
    say: (match) => UNITS.get(match[0])?.many ?? null,
  },
]

function isMistakable(number: string, unit: string, space: string): boolean {
  // 1980 s, 3 A, 5-s: more likely a letter than a unit.
  if (space === '-')
    return !/^(?:km|kg|mm|cm|m|ft|mile|min|hr|sec|g|L|ml|mL|W|kW|V|kWh|GB|TB|MB|mph|MP|px|Hz|MHz|GHz)$/.test(
      unit,
    )
  return unit === 's' && /^\d{4}$/.test(number)
}

function signWord(sign = ''): string {
  return (
    { '-': 'minus ', '−': 'minus ', '+': 'plus ', '±': 'plus or minus ', '~': 'about ', '≈': 'about ' }[
      sign
    ] ?? ''
  )
}

function magnitude(said: string, letter: string): string {
  return letter === '' ? said : `${said} ${MAGNITUDES[letter] ?? ''}`
}

function mixed(whole: string, over: string, under: string): string {
  const fraction = fractionWords(over, under)
  return `${cardinal(whole)} and ${over === '1' ? fraction.replace(/^one /, /^one [aeio]/.test(fraction) ? 'an ' : 'a ') : fraction}`
}

function nameOf({ en }: Currency, number: string): string {
  return number === '1' ? en[0] : en[1]
}

/** Dollars and cents; pounds without “pence”, as people say them. */
function moneyWords(currency: Currency, number: string): string {
  const { whole, fraction } = digitsOf(number)
  const [, , one, many] = currency.en
  if (fraction.length !== 2 || many === '') return `${numberWords(number)} ${nameOf(currency, number)}`
  const coins = String(Number(fraction))
  const head = `${cardinal(whole)} ${nameOf(currency, whole)}`
  if (coins === '0') return head
  if (whole === '0') return `${cardinal(coins)} ${coins === '1' ? one : many}`
  if (currency.code === 'GBP')
    return `${head} ${coins.length === 1 ? `and ${cardinal(coins)} ${coins === '1' ? one : many}` : cardinal(coins)}`
  return `${head} and ${cardinal(coins)} ${coins === '1' ? one : many}`
}

/** “per hour” for `/h`. */
function perWords(per: string): string {
  if (per === '') return ''
  const unit = per.slice(1)
  return ` per ${SPANS[unit]?.[0] ?? UNITS.get(unit)?.one ?? unit}`
}

/** Appends a name to the last part. */
function named(pairs: [string, string][], name: string): Part[] {
  const kept = pairs.filter(([written]) => written !== '')
  const last = kept.pop()
  return last ? parts(...kept, [last[0], `${last[1]} ${name}`]) : []
}
