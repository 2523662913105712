import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { isUnclear, secondsToWait } from './errors.ts'

/** Maximum total seconds of waiting for Slack's Retry-After, because others are waiting for the same channel. */
const LONGEST_WAIT = 60
/** Milliseconds after which there are no more retries. */
const PATIENCE = 90_000
/** Retries after the first attempt, over about half a minute. */
const RETRIES = 6

/**
 * Calls Slack until it responds, honouring its requests to wait. If a response got lost, the call may have worked; `look`
 * finds out before it is repeated, because Slack has no idempotency keys.
 * @throws the error of the last attempt.
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
