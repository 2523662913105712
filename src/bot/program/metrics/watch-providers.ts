import { ProviderError, type ProviderFailure } from '../../../core/model/errors.ts'
import type { Providers } from '../../../core/model/providers.ts'

type OnFailure = (provider: string, failure: ProviderFailure) => void

/** Answers that a provider in perfect order gives as well. */
const ORDINARY: readonly ProviderFailure[] = ['nothing_found', 'refused']

/** The same providers; `onFailure` hears of what one of them could not do, unless it was told to stop doing it. */
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
        // As a method of the provider itself: a proxy has no private fields.
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

/** True for the signal of a caller who wants no answer any more; one that ran out of time still does. */
function isCancelled(argument: unknown): boolean {
  if (!(argument instanceof AbortSignal) || !argument.aborted) return false
  return !(argument.reason instanceof DOMException && argument.reason.name === 'TimeoutError')
}
