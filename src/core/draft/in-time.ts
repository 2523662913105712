import { ProviderError } from '../model/errors.ts'
import type { Core } from './core.ts'

/**
 * A provider's answer within this many seconds; null if it takes longer or fails, which is logged. For work that a person
 * is waiting for and that other providers can do instead.
 * @throws the signal's reason if it is aborted; any error that isn't the provider's
 */
export async function inTimeOrNull<T>(
  { log }: Pick<Core, 'log'>,
  provider: string,
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const clock = AbortSignal.timeout(seconds * 1000)
  try {
    return await work(AbortSignal.any([signal, clock]))
  } catch (error) {
    signal.throwIfAborted()
    if (!clock.aborted && !(error instanceof ProviderError)) throw error
    log.warn({ provider, err: error, tookTooLong: clock.aborted }, 'a provider took too long or failed')
    return null
  }
}
