import { addressRules } from './addresses.ts'
import { CURRENCY, currencyOf } from './currencies.ts'
import { at, type Manner, type Rule } from './scan.ts'

/** “Dot” and “at” in addresses. */
const ADDRESS: Record<string, [dot: string, at: string]> = {
  ...{ es: ['punto', 'arroba'], fr: ['point', 'arobase'], de: ['Punkt', 'at'], pt: ['ponto', 'arroba'] },
  ...{ it: ['punto', 'chiocciola'], nl: ['punt', 'at'], pl: ['kropka', 'małpa'], cs: ['tečka', 'zavináč'] },
  ...{ sv: ['punkt', 'snabel-a'], tr: ['nokta', 'et'], ru: ['точка', 'собака'], uk: ['крапка', 'собака'] },
  ...{ el: ['τελεία', 'παπάκι'], vi: ['chấm', 'a còng'], id: ['titik', 'at'] },
}
/** The units that CLDR has names for. */
const UNITS: Record<string, string> = {
  ...{
    '°C': 'celsius',
    '°F': 'fahrenheit',
    km: 'kilometer',
    kg: 'kilogram',
    cm: 'centimeter',
    mm: 'millimeter',
  },
  ...{ 'km/h': 'kilometer-per-hour', ml: 'milliliter', mL: 'milliliter', GB: 'gigabyte', MB: 'megabyte' },
}
const NUMBER = '\\d+(?:[.,\\u00a0\\u202f]\\d+)*'
/** Words and letters for thousands, millions and more; the currency's name would have to follow them. */
const MAGNITUDE =
  '[kKMBTbt]\\b|bn|mi[lo]|Mi[lo]|[Mm]ln|ml[dr]|Mr?d|mr?d|tys|tis|тыс|тис|мл|мильй|мілья|мільй|милли|tỷ|triệu|ngàn|nghìn|juta|ribu|bin|χιλ|εκα|δισ|bil|Bil|thous|[Tt]ausend|duizend|tusen|[Mm]iljo'
const BEFORE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}/]|[.,]\\d)'

const known = new Map<string, Manner>()

/**
 * Other languages: numbers stay in figures, which their voices read well; addresses are said as their domain, and amounts and
 * measures with the names and order of CLDR.
 */
export function otherManner(language: string): Manner {
  const found = known.get(language)
  if (found) return found
  const manner: Manner = { rules: rulesFor(language), separates: () => false }
  known.set(language, manner)
  return manner
}

function rulesFor(language: string): Rule[] {
  const [dot, called] = ADDRESS[language] ?? []
  if (dot === undefined || called === undefined) return []
  return [
    ...addressRules({
      ...{ dot, at: called, dash: ' ', underscore: ' ', plus: '+', hashtag: '', mention: called },
      figures: (digits) => digits,
    }),
    {
      pattern: at(`${BEFORE}(?<currency>${CURRENCY})\\s?(?<number>${NUMBER})${END}(?!\\s?(?:${MAGNITUDE}))`),
      say: ({ groups = {} }) => money(language, groups.currency ?? '', groups.number ?? ''),
    },
    {
      pattern: at(grouped(language)),
      say: ([written]) => written.replace(/[.,'’\s](?=\d{3}(?!\d))/gu, ''),
    },
    {
      pattern: at(`${BEFORE}(?<number>${NUMBER})\\s?(?<unit>${Object.keys(UNITS).join('|')})${END}`),
      say: ({ groups = {} }) =>
        named(language, groups.number ?? '', {
          style: 'unit',
          unit: UNITS[groups.unit ?? ''] ?? '',
          unitDisplay: 'long',
        }),
    },
  ]
}

/**
 * Numbers with thousands separators, which some voices read as several numbers: with the language's own separator, or with any if
 * there are at least two groups.
 */
function grouped(language: string): string {
  const parts = new Intl.NumberFormat(language).formatToParts(1_234_567)
  const own = parts.find(({ type }) => type === 'group')?.value ?? '.'
  const once = /\s/.test(own) ? '[\\u00a0\\u202f]' : `\\${own}`
  const before = '(?<![\\p{L}\\p{N}.,])[1-9]\\d{0,2}'
  const many = ['\\.', ',', "['’]", '[ \\u00a0\\u202f]'].map((sign) => `(?:${sign}\\d{3}){2,}`)
  return `${before}(?:${many.join('|')}|(?:${once}\\d{3})+)(?=(?:[.,]\\d{1,2})?(?![\\p{L}\\p{N}]|[.,]\\d))`
}

function money(language: string, sign: string, number: string): string | null {
  const currency = currencyOf(sign)?.code
  if (currency === undefined || currency === 'XBT') return null
  return named(language, number, { style: 'currency', currency, currencyDisplay: 'name' })
}

/** The number in figures, with the name where the language puts it. */
function named(language: string, number: string, options: Intl.NumberFormatOptions): string | null {
  const value = amountOf(number)
  if (value === null) return null
  const fractionDigits = /[.,](\d{1,2})$/.exec(number)?.[1]?.length ?? 0
  const digits = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits }
  return new Intl.NumberFormat(language, { ...options, ...digits, useGrouping: false }).format(value)
}

/** Parses a number: groups of three are thousands, whatever separates them; one or two digits at the end are decimals. */
function amountOf(number: string): number | null {
  const match = /^(?<whole>\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d+)(?:[.,](?<fraction>\d{1,2}))?$/u.exec(number)
  if (!match?.groups) return null
  return Number(`${match.groups.whole?.replace(/\D/g, '')}.${match.groups.fraction ?? '0'}`)
}
