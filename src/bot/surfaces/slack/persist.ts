import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { isUnclear, secondsToWait } from './errors.ts'

/** Seconds of Slack's Retry-After that are waited out in all, since others wait for the same channel meanwhile. */
const LONGEST_WAIT = 60
/** Milliseconds after which nothing is tried again. */
const PATIENCE = 90_000
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
  let waited = 0
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
      maxRetryTime: PATIENCE,
      shouldRetry: async ({ error }) => {
        const wait = secondsToWait(error)
        if (wait === undefined) return isUnclear(error)
        waited += wait
        if (waited > LONGEST_WAIT) return false
        await sleep(wait * 1000)
        return true
      },
    },
  )
}
