import { ProviderError, type ProviderFailure } from '../../../core/model/errors.ts'
import type { Providers } from '../../../core/model/providers.ts'

type OnFailure = (provider: string, failure: ProviderFailure) => void

/** Errors that even a perfectly healthy provider returns. */
const ORDINARY: readonly ProviderFailure[] = ['nothing_found', 'refused']

/** The same providers, with `onFailure` called for each failure of one of them, unless it was aborted. */
export function watchProviders(providers: Providers, onFailure: OnFailure): Providers {
  const watch = <T extends object>(provider: T): T => watched(provider, onFailure)
  return {
    script: providers.script.map(watch),
    voice: providers.voice.map(watch),
    footage: providers.footage.map(watch),
    music: providers.music.map(watch),
  }
}

function watched<T extends object>(provider: T, onFailure: OnFailure): T {
  return new Proxy(provider, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        // Called as a method of the provider itself, because a proxy has no private fields.
        const answer: unknown = Reflect.apply(value, target, args)
        if (!(answer instanceof Promise)) return answer
        return answer.catch((error: unknown) => {
          if (isFailure(error) && !args.some(isCancelled)) onFailure(error.provider, error.failure)
          throw error
        })
      }
    },
  })
}

function isFailure(error: unknown): error is ProviderError {
  return error instanceof ProviderError && !ORDINARY.includes(error.failure)
}

/** True if the signal was aborted by a caller who no longer wants an answer; one that timed out still does. */
function isCancelled(argument: unknown): boolean {
  if (!(argument instanceof AbortSignal) || !argument.aborted) return false
  return !(argument.reason instanceof DOMException && argument.reason.name === 'TimeoutError')
}
