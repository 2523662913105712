import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { isUnclear, secondsToWait } from './errors.ts'

/** Seconds of Slack's Retry-After that are waited out; nobody waits longer for a message. */
const LONGEST_WAIT = 60
/** Further tries after the first, over about half a minute. */
const RETRIES = 6

/**
 * Calls Slack until it answers. What it asks to wait is waited. When an answer got lost, the call may have worked, and
 * `look` finds out before it is repeated: Slack has no way to say that two calls are one.
 * @throws what the last try threw.
 */
export function persist<T>(
  attempt: () => Promise<T>,
  look?: () => Promise<T | undefined>,
  retries = RETRIES,
): Promise<T> {
  let unclear = false
  return pRetry(
    async () => {
      const found = unclear && look ? await look() : undefined
      if (found !== undefined) return found
      unclear = false
      try {
        return await attempt()
      } catch (error) {
        unclear = isUnclear(error)
        throw error
      }
    },
    {
      retries,
      minTimeout: 300,
      maxTimeout: 8000,
      randomize: true,
      shouldRetry: ({ error }) => isUnclear(error) || (secondsToWait(error) ?? Infinity) <= LONGEST_WAIT,
      onFailedAttempt: async ({ error, retriesLeft }) => {
        const wait = secondsToWait(error)
        if (wait !== undefined && wait <= LONGEST_WAIT && retriesLeft > 0) await sleep(wait * 1000)
      },
    },
  )
}
