import { ProviderError } from '../model/errors.ts'

export interface OutageOptions {
  /** Failures in a row that make an outage; 1 when left out. */
  failures?: number
  /** Seconds for which nothing is asked; 60 when left out. */
  seconds?: number
  /** Milliseconds of a clock that nobody puts back. */
  now?: () => number
}

/** Runs work unless there is an outage. With `insist` it is run in any case, because a person asks for it. */
export type Outage = <T>(insist: boolean | undefined, work: () => Promise<T>) => Promise<T>

/**
 * Remembers that a service is down, so that the next one gets its turn at once instead of after another wait: a draft of
 * twenty segments would wait for a silent site twenty times.
 * @throws during an outage, the ProviderError `unavailable` that began it
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
