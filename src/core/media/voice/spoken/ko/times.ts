import { at, parts, type Rule } from '../scan.ts'
import { cardinal, month, native } from './numbers.ts'

const BEFORE = '(?<![\\p{Script=Latin}\\p{N}])'
const END = '(?![\\p{Script=Latin}\\p{N}])'
const HALF = '(?:[aApP]\\.?\\s?[mM](?:\\.|(?![\\p{Script=Latin}])))'
const DAYS: Record<string, string> = {
  ...{
    mon: '월요일',
    tue: '화요일',
    wed: '수요일',
    thu: '목요일',
    fri: '금요일',
    sat: '토요일',
    sun: '일요일',
  },
}
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\\.?'

/** Dates and times of day. */
export const TIMES: Rule[] = [
  // 2026-11-28, 2026. 11. 28., optionally followed by a time
  {
    pattern: at(
      `${BEFORE}(?<y>[12]\\d{3})(?<a>[-./]\\s?)(?<m>1[0-2]|0?[1-9])(?<b>[-./]\\s?)(?<d>3[01]|[12]\\d|0?[1-9])(?<end>\\.(?!\\d)(?=\\s*\\S))?(?<time>T\\d{2}:?\\d{2}(?::?\\d{2}(?:\\.\\d+)?)?(?<zone>Z|[+-]\\d{2}:?\\d{2})?)?(?!\\d|[-/]\\d|\\s?일)`,
    ),
    say: ({ groups = {} }) => {
      const { y = '', a = '', m = '', b = '', d = '', end = '', time = '', zone } = groups
      const [hour = '', minute = ''] = time.slice(1).match(/\d{2}/g) ?? []
      const clock = time === '' ? '' : `${zone === 'Z' ? ' 세계 표준시' : ''} ${clockWords(hour, minute)}`
      return parts(
        [y + a, `${cardinal(y)}년 `],
        [m + b, `${month(m)} `],
        [d + end + time, `${cardinal(String(Number(d)))}일${clock}`],
      )
    },
  },
  {
    pattern: at(`${BEFORE}(?<a>\\d{1,2})(?<sign>[-./])(?<b>\\d{1,2})\\k<sign>(?<y>\\d{4})(?!\\d|[-./]\\d)`),
    say: ({ groups = {} }) => {
      const { a = '', b = '', y = '', sign } = groups
      const [m, d] = Number(a) > 12 || sign === '.' ? [b, a] : [a, b]
      return Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31
        ? `${cardinal(y)}년 ${month(m)} ${cardinal(String(Number(d)))}일`
        : null
    },
  },
  // 11/28; anything that could be a fraction is treated as one
  {
    pattern: at(`${BEFORE}(?<m>1[0-2]|[1-9])\\/(?<d>1[3-57-9]|2[1-35-9]|31)${END}(?!\\/)`),
    say: ({ groups = {} }) => `${month(groups.m ?? '')} ${cardinal(groups.d ?? '')}일`,
  },
  {
    pattern: at(
      '(?<![\\d.])(?:3[.·]1|4[.·]19|5[.·]18|6[.·]25|8[.·]15)(?=\\s?(?:운동|혁명|민주|전쟁|광복|절|사변))',
    ),
    say: ([date]) => ANNIVERSARIES[date.replace('·', '.')] ?? null,
  },
  // 15:30, 오후 3:05, 3:05 PM
  {
    pattern: at(
      `${BEFORE}(?<h>[01]?\\d|2[0-4]):(?<m>[0-5]\\d)(?::(?<s>[0-5]\\d)(?:\\.\\d+)?)?(?<half>\\s?${HALF})?(?!:?\\d)`,
    ),
    say: ({ groups = {} }) => {
      const { h = '', m = '', s = '', half = '' } = groups
      const seconds = s === '' || s === '00' ? '' : ` ${cardinal(String(Number(s)))} 초`
      return `${halfWord(half)}${clockWords(h, m)}${seconds}`
    },
  },
  {
    pattern: at(`${BEFORE}(?<h>0?[1-9]|1[0-2])(?<half>\\s?${HALF})`),
    say: ({ groups = {} }) => `${halfWord(groups.half)}${clockWords(groups.h ?? '', '00')}`,
  },
  {
    pattern: at(`${BEFORE}(?<zone>UTC|GMT)(?<sign>[+−-])(?<h>\\d{1,2})(?::?\\d{2})?${END}`),
    say: ({ groups = {} }) =>
      `${[...(groups.zone ?? '')].join(' ')} ${groups.sign === '+' ? '플러스' : '마이너스'} ${cardinal(String(Number(groups.h)))}`,
  },
  {
    pattern: at(`${BEFORE}(?<y>[12]\\d{2}0|\\d0)s${END}`),
    say: ({ groups = {} }) => `${cardinal(groups.y ?? '')} 년대`,
  },
  {
    pattern: at(`${BEFORE}(?<a>${DAY})\\s?[-–—~]\\s?(?<b>${DAY})${END}`),
    say: ({ groups = {} }) => `${dayOf(groups.a)}에서 ${dayOf(groups.b)}`,
  },
]

const ANNIVERSARIES: Record<string, string> = {
  ...{ '3.1': '삼일', '4.19': '사일구', '5.18': '오일팔', '6.25': '육이오', '8.15': '팔일오' },
}

function dayOf(name = ''): string {
  return DAYS[name.slice(0, 3).toLowerCase()] ?? name
}

function halfWord(half = ''): string {
  return half === '' ? '' : /a/i.test(half) ? '오전 ' : '오후 '
}

/** “세 시 십오 분”; hours from 13 on, and 0, use the other numerals. */
function clockWords(hour: string, minute: string): string {
  const hours = Number(hour)
  const said = hours >= 1 && hours <= 12 ? native(hours) : cardinal(String(hours))
  return `${said} 시${minute === '00' ? '' : ` ${cardinal(String(Number(minute)))} 분`}`
}
