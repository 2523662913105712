import { ProviderError } from '../model/errors.ts'

export interface OutageOptions {
  /** How many failures in a row make an outage; 1 by default. */
  failures?: number
  /** How long the service is not asked, in seconds; 60 by default. */
  seconds?: number
  /** A monotonic clock in milliseconds. */
  now?: () => number
}

/** Runs work unless there is an outage. With `insist` the work runs in any case, because a person asked for it. */
export type Outage = <T>(insist: boolean | undefined, work: () => Promise<T>) => Promise<T>

/**
 * Remembers that a service is down, so that the next one gets its turn immediately instead of after another wait: a draft
 * of twenty segments would wait for an unresponsive site twenty times.
 * @throws during an outage, the ProviderError `unavailable` that started it
 */
export function createOutage({
  failures = 1,
  seconds = 60,
  now = () => performance.now(),
}: OutageOptions = {}): Outage {
  let inARow = 0
  let last: { error: ProviderError; until: number } | null = null

  return async (insist, work) => {
    if (!insist && last !== null && now() < last.until) throw last.error
    try {
      const result = await work()
      inARow = 0
      last = null
      return result
    } catch (error) {
      if (error instanceof ProviderError && error.failure === 'unavailable') {
        inARow += 1
        if (inARow >= failures) last = { error, until: now() + seconds * 1000 }
      }
      throw error
    }
  }
}
