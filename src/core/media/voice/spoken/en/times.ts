import { at, parts, type Rule } from '../scan.ts'
import { cardinal, ordinal, severalOf, spelled, year } from './numbers.ts'

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
]
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const SHORT: Record<string, string> = Object.fromEntries(
  [...MONTHS, ...DAYS].flatMap((name) => [
    [name.slice(0, 3), name],
    [name.slice(0, 4), name],
    [name.slice(0, 5), name],
    [name, name],
  ]),
)
const MONTH = `(?:${MONTHS.join('|')}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)`
const DAY = `(?:${DAYS.join('|')}|Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)`
const BEFORE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'
const HALF = '(?:[aApP]\\.?\\s?[mM]\\.|[aApP][mM])'

/** Dates, times of day, years and spans of them. */
export const TIMES: Rule[] = [
  // 2026-11-28, 2026/11/28, 2026.11.28, optionally followed by a time
  {
    pattern: at(
      `${BEFORE}(?<y>[12]\\d{3})(?<sign>[-./])(?<m>\\d{1,2})\\k<sign>(?<d>\\d{1,2})(?<time>T\\d{2}:?\\d{2}(?::?\\d{2}(?:\\.\\d+)?)?(?<zone>Z|[+-]\\d{2}:?\\d{2})?)?(?![\\p{L}\\p{N}]|[-/]\\d)`,
    ),
    say: ({ groups = {} }) => {
      const date = dateWords(groups.y ?? '', groups.m ?? '', groups.d ?? '')
      if (date === null || !groups.time) return date
      const [hour = '', minute = ''] = groups.time.slice(1).match(/\d{2}/g) ?? []
      return `${date}, ${clock(hour, minute)}${zoneWords(groups.zone)}`
    },
  },
  // 11/28/2026; if there is no such month, or with dots, the day comes first: 28/11/2026, 28.11.2026
  {
    pattern: at(
      `${BEFORE}(?<a>\\d{1,2})(?<sign>[-./])(?<b>\\d{1,2})\\k<sign>(?<y>\\d{4}|\\d{2})(?![\\p{L}\\p{N}]|[-./]\\d)`,
    ),
    say: ({ groups = {} }) => {
      const { a = '', b = '', y = '', sign } = groups
      // A two-digit year with dots is more likely a version.
      if (y.length === 2 && sign === '.') return null
      const full = y.length === 4 ? y : `${Number(y) < 70 ? '20' : '19'}${y}`
      const dayFirst = sign === '.' || Number(a) > 12
      return dayFirst ? dateWords(full, b, a) : dateWords(full, a, b)
    },
  },
  // 11/28; anything that could be a fraction is treated as one
  {
    pattern: at(`${BEFORE}(?<m>\\d{1,2})\\/(?<d>\\d{1,2})${END}(?!\\/)`),
    say: ({ groups = {} }) => {
      const { m = '', d = '' } = groups
      if (m === '24' && d === '7') return 'twenty-four seven'
      if (m === '9' && d === '11') return 'nine eleven'
      const couldBeFraction = [10, 12, 16, 20, 24, 30].includes(Number(d)) || Number(d) < 13
      if (couldBeFraction || Number(m) > 12 || Number(m) < 1 || Number(d) > 31) return null
      return `${MONTHS[Number(m) - 1]} ${ordinal(String(Number(d)))}`
    },
  },
  // November 28, 2026; Nov. 28th
  {
    pattern: at(
      `${BEFORE}(?<month>${MONTH})(?<dot>\\.?)(?<gap>\\s)(?<d>\\d{1,2})(?<nth>st|nd|rd|th)?${END}(?![:.,]\\d|\\s?(?:%|percent))`,
    ),
    say: ({ groups = {} }) => {
      const { month = '', dot = '', gap = '', d = '', nth = '' } = groups
      if (Number(d) < 1 || Number(d) > 31) return null
      return parts([month + dot, SHORT[month] ?? month], [gap, ' '], [d + nth, ordinal(String(Number(d)))])
    },
  },
  // 28 November, 28th of Nov.
  {
    pattern: at(
      `${BEFORE}(?<d>\\d{1,2})(?<nth>st|nd|rd|th)?(?<gap>\\s(?:of\\s)?)(?<month>${MONTH})(?<dot>\\.?)${END}`,
    ),
    say: ({ groups = {} }) => {
      const { month = '', dot = '', gap = '', d = '', nth = '' } = groups
      if (month === 'May' && nth === '' && Number(d) > 31) return null
      if (Number(d) < 1 || Number(d) > 31) return null
      const of = gap.slice(1)
      return parts(
        [d + nth, ordinal(String(Number(d)))],
        [gap, ` ${of === '' ? 'of ' : of}`],
        [month + dot, SHORT[month] ?? month],
      )
    },
  },
  {
    pattern: at(`${BEFORE}(?<month>${MONTH})\\.?(?=\\s[12]\\d{3}${END})`),
    say: ({ groups = {} }) => SHORT[groups.month ?? ''] ?? null,
  },
  // Mon–Fri, Jan-Mar, each alone before a date
  {
    pattern: at(
      `${BEFORE}(?<from>${DAY}|${MONTH})\\.?\\s?[-–—~]\\s?(?<to>${DAY}|${MONTH})(?:\\.(?=\\s\\p{Ll}|[,;]))?${END}`,
    ),
    say: ({ groups = {} }) => `${SHORT[groups.from ?? '']} to ${SHORT[groups.to ?? '']}`,
  },
  {
    pattern: at(
      `${BEFORE}(?<day>Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\\.?(?=,?\\s${MONTH}|,?\\s\\d|\\s\\d{1,2}:)`,
    ),
    say: ({ groups = {} }) => SHORT[groups.day ?? ''] ?? null,
  },
  // 15:30, 3:05 p.m., 12:30:45, optionally followed by a time zone
  {
    pattern: at(
      `${BEFORE}(?<h>[01]?\\d|2[0-4]):(?<m>[0-5]\\d)(?::(?<s>[0-5]\\d)(?:\\.\\d+)?)?(?<gap>\\s?)(?<half>${HALF}(?![\\p{L}\\p{N}]))?(?!:?\\d)`,
    ),
    say: (match, { text, at: from }) => {
      const { h = '', m = '', s = '', gap = '', half = '' } = match.groups ?? {}
      const seconds = s === '' ? '' : ` and ${counted(s, 'second')}`
      if (half === '')
        return parts([match[0].slice(0, match[0].length - gap.length), clock(h, m) + seconds], [gap, gap])
      const time = m === '00' ? cardinal(plain(h)) : clock(h, m)
      const end = stop(text, from + match[0].length, half)
      if (gap === '') return `${time}${seconds} ${letters(half)}${end}`
      return parts(
        [match[0].slice(0, -(gap + half).length), time + seconds],
        [gap, ' '],
        [half, letters(half) + end],
      )
    },
  },
  {
    pattern: at(`${BEFORE}(?<h>0?[1-9]|1[0-2])(?<gap>\\s?)(?<half>${HALF})(?![\\p{L}\\p{N}])`),
    say: (match, { text, at: from }) => {
      const { h = '', gap = '', half = '' } = match.groups ?? {}
      // “I am 3 am I” is nobody's sentence, but “at 3 am” and “1 PM” are.
      const said = letters(half) + stop(text, from + match[0].length, half)
      return gap === ''
        ? `${cardinal(plain(h))} ${said}`
        : parts([h, cardinal(plain(h))], [gap, ' '], [half, said])
    },
  },
  {
    pattern: at(`${BEFORE}(?<zone>UTC|GMT)(?<sign>[+−-])(?<h>\\d{1,2})(?::?(?<m>\\d{2}))?${END}`),
    say: ({ groups = {} }) => {
      const { zone = '', sign, h = '', m = '00' } = groups
      const minutes = m === '00' ? '' : ` ${cardinal(m)}`
      return `${[...zone].join(' ')} ${sign === '+' ? 'plus' : 'minus'} ${cardinal(plain(h))}${minutes}`
    },
  },
  // 1990s, '90s, 2000s, 20s
  {
    pattern: at(`${BEFORE}['’]?(?<y>[12]\\d{2}0|\\d0)(?:['’]?s)${END}`),
    say: ({ groups = {} }) => {
      const { y = '' } = groups
      return severalOf(/000$/.test(y) ? cardinal(y) : y.length === 4 ? year(y) : cardinal(y))
    },
  },
  {
    pattern: at(`${BEFORE}['’](?<y>\\d{2})${END}(?!["″])`),
    say: ({ groups = {} }) =>
      groups.y?.startsWith('0') ? `oh ${spelled(groups.y.slice(1))}` : cardinal(groups.y ?? ''),
  },
  // 1914–18, 1990-2000
  {
    pattern: at(
      `${BEFORE}(?<from>1[0-9]\\d{2}|20\\d{2})\\s?[-–—]\\s?(?<to>1[0-9]\\d{2}|20\\d{2}|\\d{2})(?![\\p{L}\\p{N}]|[-–]\\d|[.,]\\d)`,
    ),
    say: ({ groups = {} }) => {
      const { from = '', to = '' } = groups
      if (to.length === 4 && Number(to) < Number(from)) return null
      return `${year(from)} to ${to.length === 4 ? year(to) : to.startsWith('0') ? `oh ${cardinal(to.slice(1))}` : cardinal(to)}`
    },
  },
]

/** Years on their own; these rules come after everything else that four digits can be. */
export const YEARS: Rule[] = [
  {
    pattern: at(`${BEFORE}(?<y>1[1-9]\\d{2}|20\\d{2})${END}(?![.,:]\\d|[-–/]\\d|\\s?(?:[%$€£]|[x×]\\s?\\d))`),
    say: ({ groups = {} }, { text, at: from }) =>
      isCounted(text, from, groups.y ?? '') ? null : year(groups.y ?? ''),
  },
]

/** Whether a number from 1100 to 2099 is a count rather than a year. */
function isCounted(text: string, at: number, digits: string): boolean {
  const before = text.slice(Math.max(0, at - 24), at)
  if (
    /(?:\b(?:in|since|from|until|till|by|before|after|of|to|year|circa|during|early|late|mid|around|summer|winter|spring|autumn|fall|©)|,)\s$/i.test(
      before,
    )
  )
    return false
  const next = /^\s(?<word>\p{Ll}+)/u.exec(text.slice(at + digits.length))?.groups?.word ?? ''
  if (/^(?:people|men|women|children|percent|degrees|more|feet|of|million|billion|thousand)$/.test(next))
    return true
  return /(?:[^su]s)$/.test(next) && !/^(?:was|is|has|does|its|his|hers|as)$/.test(next)
}

function dateWords(y: string, m: string, d: string): string | null {
  const month = MONTHS[Number(m) - 1]
  if (month === undefined || Number(d) < 1 || Number(d) > 31) return null
  return `${month} ${ordinal(String(Number(d)))}, ${year(y)}`
}

/** “fifteen thirty”, “three oh five”, “twelve o'clock”, “fifteen hundred”. */
function clock(hour: string, minute: string): string {
  const hours = Number(hour)
  const said = hours === 0 ? 'zero' : cardinal(plain(hour))
  if (minute === '00') return hours > 12 || hours === 0 ? `${said} hundred` : `${said} o'clock`
  return `${said} ${minute.startsWith('0') ? `oh ${cardinal(plain(minute))}` : cardinal(minute)}`
}

function zoneWords(zone: string | undefined): string {
  if (!zone) return ''
  if (zone === 'Z') return ' U T C'
  const [, sign, h = '', m = '00'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  return ` ${sign === '-' ? 'minus' : 'plus'} ${cardinal(plain(h))}${m === '00' ? '' : ` ${cardinal(plain(m))}`}`
}

function counted(digits: string, name: string): string {
  return `${cardinal(plain(digits))} ${name}${Number(digits) === 1 ? '' : 's'}`
}

/** Removes leading zeros. */
function plain(digits: string): string {
  return String(Number(digits))
}

function letters(half: string): string {
  return /^a/i.test(half) ? 'A M' : 'P M'
}

/** The full stop of “3 p.m.” at the end of a sentence also ends the sentence. */
function stop(text: string, at: number, half: string): string {
  return half.endsWith('.') && /^\s*(?:$|\s\p{Lu})/u.test(text.slice(at)) ? '.' : ''
}
