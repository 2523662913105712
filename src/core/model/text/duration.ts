const HOUR = 3600
const MINUTE = 60

/** Units, longest first, as people write them in English and Korean. */
const UNITS: readonly [seconds: number, name: RegExp][] = [
  [HOUR, /(?:hours?|hrs?|h|시간)(?![a-z])\.?/y],
  [MINUTE, /(?:(?:minutes?|mins?|m)(?![a-z])\.?|분|['’′](?!['’′]))/y],
  [1, /(?:(?:seconds?|secs?|s)(?![a-z])\.?|초|["”″]|['’′]{2})/y],
]
const NUMBER = /\d{1,6}(?:[.,]\d{1,6})?/y
/** Words that stand for a number before a unit. */
const WORDS: readonly [value: number, name: RegExp][] = [
  [0.5, /half\s+an?\s+/y],
  [1, /(?:an?|one)\s+/y],
]
const HALF = /\s*(?:and\s+a\s+half|반)/y
const BETWEEN = /\s*(?:,|and\b)?\s*/y
const AROUND = /^(?:about|around|ca\.|약|~|≈)\s*|\s*(?:long|정도|가량|쯤|짜리|동안|(?<=[초분])간)$/gu

/**
 * The seconds of a duration as people write it: `90`, `90s`, `1:30`, `2 min`, `1.5 minutes`, `1분 30초`.
 * @returns null if it isn't a duration; the result may be negative or too long.
 */
export function secondsIn(typed: string): number | null {
  const halves = typed.replace(/(\d?)\s*½/gu, (_half, whole: string) => `${whole || '0'}.5`)
  const text = halves.normalize('NFKC').trim().toLowerCase().replace(AROUND, '').trim()
  return plainNumber(text) ?? clock(text) ?? parts(text)
}

function plainNumber(text: string): number | null {
  // A comma before three digits is a thousands separator; elsewhere it is a decimal comma.
  if (/^[+-]?\d{1,3},\d{3}$/.test(text)) return Number(text.replace(',', ''))
  return /^[+-]?\d{1,9}(?:[.,]\d{1,6})?$/.test(text) ? Number(text.replace(',', '.')) : null
}

/** `1:30`, `0:45.5`, `1:02:03`. */
function clock(text: string): number | null {
  const [, hours = '0', minutes, seconds] =
    /^(?:(\d{1,2})\s*:\s*(?=\d{2}:))?(\d{1,3})\s*:\s*([0-5]\d(?:[.,]\d{1,3})?)$/.exec(text) ?? []
  if (minutes === undefined || seconds === undefined) return null
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds.replace(',', '.'))
}

/** `2 min`, `1m30s`, `1m30`, `1분 30초`, `half a minute`. */
function parts(text: string): number | null {
  let at = 0
  let total = 0
  /** Each part must have a shorter unit than the one before. */
  let above = Number.POSITIVE_INFINITY
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  while (at < text.length) {
    const isJoined = at > 0 && /\S/.test(text.charAt(at))
    if (at > 0) take(BETWEEN)
    const value = numberAt(take)
    if (value === null) return null
    if (isJoined && above === MINUTE && at === text.length && Number.isInteger(value))
      return value < MINUTE ? total + value : null
    take(/\s*-?\s*/y)
    const unit = UNITS.find(([, name]) => take(name) !== undefined)?.[0]
    if (unit === undefined || unit >= above) return null
    total += value * unit + (take(HALF) === undefined ? 0 : unit / 2)
    above = unit
  }
  return above === Number.POSITIVE_INFINITY ? null : Math.round(total * 1e6) / 1e6
}

function numberAt(take: (pattern: RegExp) => string | undefined): number | null {
  const digits = take(NUMBER)
  if (digits !== undefined) return Number(digits.replace(',', '.'))
  return WORDS.find(([, name]) => take(name) !== undefined)?.[0] ?? null
}
