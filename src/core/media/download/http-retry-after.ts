/**
 * The seconds of a `Retry-After` header: a number of seconds or an HTTP date (RFC 9110 §10.2.3).
 * Null if there is none or it is invalid.
 */
export function parseRetryAfter(value: string | null, now = Date.now()): number | null {
  if (value === null || value.trim() === '') return null
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds : null
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000)
}
