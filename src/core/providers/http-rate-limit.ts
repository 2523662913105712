import { LONGEST_WAIT, pause } from '../media/download/http-retry.ts'
import { parseRetryAfter } from '../media/download/http-retry-after.ts'
import { ProviderError } from '../model/errors.ts'

export interface RateLimiter {
  /**
   * Takes one request out of the allowance, waiting for the next window if this one is used up.
   * @throws ProviderError `rate_limited` if that is more than `longestWait` away.
   */
  before(signal: AbortSignal): Promise<void>
  /** Updates the allowance from an answer. */
  learn(status: number, headers: Headers): void
}

export interface RateLimiterOptions {
  name: string
  title: string
  /** The longest time in seconds that a caller has to wait. */
  longestWait?: number
}

/** Wait in seconds after a 429 without any hint: the first time, and at most after several in a row. */
const BLIND_WAIT = { first: 1, longest: 60 }

/**
 * The allowance of one API key, shared by everything in the process that uses it. A waiting caller holds up no one else.
 */
export function createRateLimiter({
  name,
  title,
  longestWait = LONGEST_WAIT,
}: RateLimiterOptions): RateLimiter {
  /** Requests left in the window, or null while unknown. */
  let remaining: number | null = null
  let limit: number | null = null
  /** When the window ends, in milliseconds; null while unknown. */
  let resetAt: number | null = null
  /**
   * When that was learned. If the clock shows an earlier time, it was set back; the service will refuse again if it must.
   */
  let learntAt = 0
  /** The last wait in seconds that had to be guessed; 0 once a request has succeeded. */
  let guessed = 0

  /** Doubles with each refusal, except for refusals of requests that were sent before the wait began. */
  function guess(now: number): number {
    if (remaining === 0 && resetAt !== null && now < resetAt) return resetAt
    guessed = Math.min(BLIND_WAIT.longest, guessed === 0 ? BLIND_WAIT.first : guessed * 2)
    return now + guessed * 1000
  }

  return {
    async before(signal) {
      for (;;) {
        signal.throwIfAborted()
        if (resetAt !== null && (Date.now() >= resetAt || Date.now() < learntAt)) {
          remaining = limit
          resetAt = null
        }
        // A used-up window with an unknown end is left to the service's own 429.
        if (remaining === null || remaining > 0 || resetAt === null) break
        const seconds = (resetAt - Date.now()) / 1000
        if (seconds > longestWait) {
          const sentence = `${title} has reached its request limit for now.`
          throw new ProviderError(name, 'rate_limited', sentence, { retryAfter: Math.ceil(seconds) })
        }
        await pause(Math.max(seconds, 0.01), signal)
      }
      if (remaining !== null) remaining = Math.max(0, remaining - 1)
    },

    learn(status, headers) {
      const now = Date.now()
      learntAt = now
      if (status === 429) {
        const wait = parseRetryAfter(headers.get('retry-after'), now)
        const told = wait === null ? resetTime(headers, now) : now + wait * 1000
        resetAt = told ?? guess(now)
        remaining = 0
        return
      }
      guessed = 0
      limit = number(headers, 'x-ratelimit-limit') ?? limit
      const left = number(headers, 'x-ratelimit-remaining')
      const reset = resetTime(headers, now)
      if (left === null) return
      // Answers may arrive out of order: within one window the smaller number is the newer one.
      const sameWindow =
        remaining !== null && resetAt !== null && reset !== null && Math.abs(reset - resetAt) < 2_000
      remaining = sameWindow ? Math.min(left, remaining ?? left) : left
      if (reset !== null) resetAt = reset
    },
  }
}

/**
 * `X-RateLimit-Reset` in milliseconds since 1970. Pexels sends a UNIX timestamp, Pixabay the seconds left; no window
 * lasts 30 years, so the size shows which it is.
 */
function resetTime(headers: Headers, now: number): number | null {
  const value = number(headers, 'x-ratelimit-reset')
  if (value === null) return null
  if (value > 1e12) return value
  return value > 1e9 ? value * 1000 : now + value * 1000
}

function number(headers: Headers, name: string): number | null {
  const value = headers.get(name)
  if (value === null || value.trim() === '') return null
  const parsed = Number(value)
  return Number.isFinite(parsed) && parsed >= 0 ? parsed : null
}
