import { ProviderError } from '../model/errors.ts'
import type { Core } from './core.ts'

/**
 * What a provider answers within so many seconds; null when it takes longer or fails, which is logged. For work that
 * somebody waits for and that others can make up for.
 * @throws the signal's reason when it is aborted; whatever is no failure of the provider's
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
