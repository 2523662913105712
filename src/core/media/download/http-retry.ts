import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { ProviderError } from '../../model/errors.ts'

export interface RetryOptions {
  signal: AbortSignal
  /** Retries after the first attempt. */
  retries: number
  /**
   * Maximum seconds of a `Retry-After` to wait for; a longer one is reported immediately, so that the next provider gets
   * its turn.
   */
  longestWait?: number
  /** Milliseconds before the first retry; doubled each time. */
  firstDelay?: number
}

/** A person is watching a progress line, so a provider that asks for more than this counts as failed. */
export const LONGEST_WAIT = 20

/**
 * Retries temporary failures: `unavailable` always, `rate_limited` if the wait is short.
 * @throws the last attempt's error; the signal's reason if it is aborted.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { signal, retries, longestWait = LONGEST_WAIT, firstDelay = 300 }: RetryOptions,
): Promise<T> {
  signal.throwIfAborted()
  return pRetry(() => attempt(), {
    retries,
    signal,
    minTimeout: firstDelay,
    maxTimeout: 5_000,
    randomize: true,
    shouldRetry: ({ error }) =>
      error instanceof ProviderError &&
      (error.failure === 'unavailable' || error.failure === 'rate_limited') &&
      (error.retryAfter ?? 0) <= longestWait,
    onFailedAttempt: async ({ error, retriesLeft }) => {
      const wait = error instanceof ProviderError ? error.retryAfter : null
      if (wait !== null && wait <= longestWait && retriesLeft > 0) await pause(wait, signal)
    },
  })
}

/** Waits the given seconds. @throws the signal's reason if it is aborted. */
export async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
