import { ENGLISH_ERRORS, type ErrorCode, type ErrorParams } from './error-messages.ts'
import type { Usage } from './usage.ts'

/**
 * An error that the person concerned can understand and act on. `message` is the English sentence; with `code` and
 * `params`, a surface can say it in another language.
 */
export class UserError<K extends ErrorCode = ErrorCode> extends Error {
  readonly code: K
  readonly params: ErrorParams<K>

  constructor(
    code: K,
    ...rest: ErrorParams<K> extends undefined
      ? [params?: undefined, options?: ErrorOptions]
      : [params: ErrorParams<K>, options?: ErrorOptions]
  ) {
    const [params, options] = rest
    super((ENGLISH_ERRORS[code] as (p: unknown) => string)(params), options)
    this.name = 'UserError'
    this.code = code
    this.params = params as ErrorParams<K>
  }
}

export const PROVIDER_FAILURES = [
  'unauthorized', // the key is wrong or isn't allowed to do this
  'rate_limited', // retryAfter says how long to wait
  'unavailable', // down, slow, or 5xx
  'bad_answer', // not in the documented format, or a file that doesn't decode
  'refused', // a content filter or a refusal
  'too_large', // more bytes or seconds than allowed
  'nothing_found', // an empty result
  'not_offered', // a compatible server without this part of the service
] as const
export type ProviderFailure = (typeof PROVIDER_FAILURES)[number]

/** A provider (OpenAI, Pexels, eSpeak …) failed. `message` is one sentence for people. */
export class ProviderError extends Error {
  readonly provider: string
  readonly failure: ProviderFailure
  /** Seconds until a retry makes sense, if the provider said so. */
  readonly retryAfter: number | null
  /** What was consumed anyway and has to be paid for. */
  readonly usage: Usage[]

  constructor(
    provider: string,
    failure: ProviderFailure,
    message: string,
    options: ErrorOptions & { retryAfter?: number; usage?: Usage[] } = {},
  ) {
    super(message, options)
    this.name = 'ProviderError'
    this.provider = provider
    this.failure = failure
    this.retryAfter = options.retryAfter ?? null
    this.usage = options.usage ?? []
  }
}

/** Thrown by the work of a job that finds that it isn't wanted any more. The job ends as cancelled, with nothing to clean up. */
export class UnwantedError extends Error {
  constructor() {
    super('This is not wanted any more.')
    this.name = 'UnwantedError'
  }
}

/** Someone else has changed the same thing since this person looked at it. Nothing was saved. */
export class StaleEditError extends Error {
  /** Who was first. */
  readonly changedBy: string

  constructor(changedBy: string) {
    super(`${changedBy === '' ? 'Someone' : changedBy} changed this while you were editing.`)
    this.name = 'StaleEditError'
    this.changedBy = changedBy
  }
}
