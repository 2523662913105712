const MINUTE = 60_000

/** A time for sentences, e.g. `2026-11-28 10:05 UTC`; rounded up, because it says when something works again. */
export function utcMinute(milliseconds: number): string {
  const minute = new Date(Math.ceil(milliseconds / MINUTE) * MINUTE)
  return `${minute.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
