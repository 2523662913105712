import { ProviderError } from '../../model/errors.ts'
import { parseRetryAfter } from './http-retry-after.ts'

/** The service; `title` is its name for people, `setting` the variable with its key. */
export interface Service {
  name: string
  title: string
  setting: string
}

/** The message for an unsuccessful HTTP status. */
export function failureOfStatus(service: Service, status: number, headers: Headers): ProviderError {
  const retryAfter = parseRetryAfter(headers.get('retry-after'))
  const options = retryAfter === null ? {} : { retryAfter }
  if (status === 401 || status === 403) return unauthorized(service, status)
  if (status === 429) {
    return new ProviderError(
      service.name,
      'rate_limited',
      `${service.title} is receiving too many requests.`,
      options,
    )
  }
  if (status >= 500 || status === 408) {
    const sentence = `${service.title} is having problems (${status}).`
    return new ProviderError(service.name, 'unavailable', sentence, options)
  }
  return new ProviderError(service.name, 'bad_answer', `${service.title} refused the request (${status}).`)
}

export function unauthorized(service: Service, status: number): ProviderError {
  const sentence = `${service.title} did not accept the key in ${service.setting} (${status}).`
  return new ProviderError(service.name, 'unauthorized', sentence)
}

/** The message for a request without a (complete) response. Never quotes the cause, which may contain the address. */
export function failureOfNetwork(service: Service, cause: unknown, timedOut: boolean): ProviderError {
  const sentence = timedOut
    ? `${service.title} did not respond in time.`
    : `${service.title} could not be reached, or the connection was lost.`
  return new ProviderError(service.name, 'unavailable', sentence, { cause: withoutAddress(cause) })
}

/** Keeps a network error's kind without its text, which may contain the address with a key in it. */
function withoutAddress(cause: unknown): Error {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : null
  return new Error(code ?? (inner instanceof Error ? inner.name : 'unknown'))
}
