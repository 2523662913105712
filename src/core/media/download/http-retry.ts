import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { ProviderError } from '../../model/errors.ts'

export interface RetryOptions {
  signal: AbortSignal
  /** Further tries after the first. */
  retries: number
  /** Seconds that a `Retry-After` is waited for; a longer one is passed on at once, so that the next provider gets its turn. */
  longestWait?: number
  /** Milliseconds before the first further try; doubles with each. */
  firstDelay?: number
}

/** A person is looking at a progress line meanwhile, so a provider that asks for more than this counts as failed. */
export const LONGEST_WAIT = 20

/**
 * Tries again what may pass by itself: `unavailable` always, `rate_limited` when the wait is short.
 * @throws what the last try threw; the signal's reason when it is aborted.
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

/** Waits some seconds. @throws the signal's reason when it is aborted meanwhile. */
export async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
