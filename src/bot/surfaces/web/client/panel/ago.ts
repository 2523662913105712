import { language } from '../words.ts'

/** Units in seconds, longest first. */
const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

const FORMAT = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })

/** `5 minutes ago`, in the reader's language. @param at ISO 8601 */
export function ago(at: string, now = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1000
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return FORMAT.format(unit === 'second' ? 0 : Math.round(seconds / size), unit)
}
