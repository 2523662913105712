import OpenAI, { APIError } from 'openai'
import { AbortError } from 'p-retry'
import { z } from 'zod'
import { withRetries } from '../../media/download/http-retry.ts'
import { parseRetryAfter } from '../../media/download/http-retry-after.ts'
import { timedSignal } from '../../media/download/http-timeout.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import { AnswerTooLarge, cappedFetch } from '../capped-fetch.ts'
import { OPENAI } from './name.ts'

export interface OpenAiConnection {
  /** Empty or null for a self-hosted server that needs none. */
  apiKey: string | null
  /** Ends in `/v1`; null for OpenAI's own. */
  baseURL: string | null
  /** Timeout of one request in seconds, including its whole answer; 120 by default. */
  timeoutSeconds?: number
  /** Retries after the first attempt, for transient failures; 2 by default. */
  retries?: number
}

const OPENAI_BASE_URL = 'https://api.openai.com/v1'

/** Maximum size of an answer without audio, in bytes; scripts and transcripts are about ten thousand. */
const MAX_ANSWER = 8_000_000

export interface OpenAiAccess {
  baseURL: string
  /**
   * Makes one call with the client: with a deadline, with retries where they help, and with errors reported as
   * ProviderError. `what` starts the sentences shown to people, e.g. `The script service`.
   */
  call<T>(
    what: string,
    signal: AbortSignal,
    run: (client: OpenAI, signal: AbortSignal) => Promise<T>,
  ): Promise<T>
}

/** The official client for OpenAI or a compatible server (Ollama, LM Studio, vLLM, Kokoro-FastAPI …). */
export function connectOpenAi(connection: OpenAiConnection): OpenAiAccess {
  const baseURL = (connection.baseURL || OPENAI_BASE_URL).replace(/\/+$/, '')
  const seconds = connection.timeoutSeconds ?? 120
  const apiKey = connection.apiKey || 'none'
  const client = new OpenAI({
    apiKey,
    baseURL,
    // The environment is read in one place only, so the client must not look there itself.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    logLevel: 'off',
    // Audio goes to a file, and its size is checked there.
    fetch: cappedFetch(({ pathname }) => (pathname.endsWith('/audio/speech') ? Infinity : MAX_ANSWER)),
    // Our timeout comes first. The client's own only covers the headers, and a body that never ends must not block the
    // caller.
    timeout: (seconds + 60) * 1000,
    // The client ignores a Retry-After above a minute and retries at once; our own retries give up instead.
    maxRetries: 0,
  })
  return {
    baseURL,
    call: (what, signal, run) =>
      withRetries(
        async () => {
          const timed = timedSignal(signal, seconds)
          try {
            return await Promise.race([run(client, timed.signal), rejectOn(timed.signal)])
          } catch (error) {
            signal.throwIfAborted()
            if (timed.expired()) {
              // Not retried: the person has waited long enough, and the next provider is quicker.
              throw new AbortError(late(what))
            }
            throw explain(error, what, apiKey)
          } finally {
            timed.stop()
          }
        },
        { signal, retries: connection.retries ?? 2 },
      ),
  }
}

/** The same server, with a time limit in seconds from now for all calls together; after that, calls fail as timed out. */
export function forSeconds(access: OpenAiAccess, seconds: number): OpenAiAccess {
  const deadline = AbortSignal.timeout(seconds * 1000)
  return {
    ...access,
    async call(what, signal, run) {
      try {
        return await access.call(what, AbortSignal.any([signal, deadline]), run)
      } catch (error) {
        signal.throwIfAborted()
        throw deadline.aborted ? late(what) : error
      }
    },
  }
}

function late(what: string): ProviderError {
  return new ProviderError(OPENAI, 'unavailable', `${what} did not respond in time.`)
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/**
 * The server's own words are passed on only for requests it rejected: elsewhere they may repeat a key. What this machine
 * couldn't do (e.g. a full disk) isn't the server's failure.
 */
function explain(error: unknown, what: string, apiKey: string): Error {
  if (error instanceof ProviderError || error instanceof UserError) return error
  if (error instanceof AnswerTooLarge) {
    return new ProviderError(OPENAI, 'too_large', `${what} sent far more data than expected.`)
  }
  if (error instanceof APIError && error.status !== undefined) return explainStatus(error, what, apiKey)
  if (error instanceof APIError || error instanceof TypeError || error instanceof DOMException) {
    return new ProviderError(
      OPENAI,
      'unavailable',
      `${what} could not be reached, or the connection was lost.`,
    )
  }
  // Its message may quote the answer.
  const cause = new Error(error instanceof Error ? error.name : typeof error)
  return new ProviderError(OPENAI, 'bad_answer', `${what} sent an unreadable answer.`, { cause })
}

function explainStatus(error: APIError, what: string, apiKey: string): ProviderError {
  const status = error.status ?? 0
  const retryAfter = parseRetryAfter(error.headers?.get('retry-after') ?? null)
  const options = retryAfter === null ? {} : { retryAfter }
  const code = `${error.code ?? ''} ${error.type ?? ''}`
  if (status === 401 || status === 403) {
    return new ProviderError(OPENAI, 'unauthorized', `${what} did not accept the API key (${status}).`)
  }
  if (/insufficient_quota|billing/.test(code)) {
    return new ProviderError(OPENAI, 'unauthorized', `${what} has no credit left on its account.`)
  }
  if (status === 429)
    return new ProviderError(OPENAI, 'rate_limited', `${what} is receiving too many requests.`, options)
  const rejection = new Rejection(error, apiKey)
  if (status >= 500 || status === 408 || status === 409) {
    const sentence = `${what} is having problems (${status}).`
    return new ProviderError(OPENAI, 'unavailable', sentence, { ...options, cause: rejection })
  }
  if (/content_filter|content_policy|moderation/.test(code)) {
    return new ProviderError(OPENAI, 'refused', `${what} refused this text.`)
  }
  const said = rejection.message
    .replace(/^\d{3} /, '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '')
  const quote = said === '' ? '' : `: “${said.length > 160 ? `${said.slice(0, 160).trimEnd()}…` : said}”`
  const isModel = /model_not_found/.test(code) || (status === 404 && /model/i.test(said))
  if (!isModel && (status === 404 || status === 405)) return notOffered(what, status, rejection)
  const reason = isModel ? 'does not have the configured model' : 'refused the request'
  return new ProviderError(OPENAI, 'bad_answer', `${what} ${reason} (${status})${quote}.`, {
    cause: rejection,
  })
}

/** For what the server doesn't have: another attempt can't fix that. */
export function notOffered(what: string, status: number, cause?: Error): ProviderError {
  return new ProviderError(OPENAI, 'not_offered', `${what} does not offer this (${status}).`, { cause })
}

/** What a server said about a request it rejected, without the key, which some servers repeat. */
class Rejection extends Error {
  readonly status: number
  readonly param: string

  constructor(error: APIError, apiKey: string) {
    super(messageIn(error).replaceAll(apiKey, '…').replaceAll(encodeURIComponent(apiKey), '…'))
    this.name = 'Rejection'
    this.status = error.status ?? 0
    this.param = error.param ?? ''
  }
}

/** FastAPI servers don't answer in OpenAI's format, so the client only has their JSON: `{"detail": …}`. */
function messageIn({ message }: APIError): string {
  try {
    const { detail } = foreignSchema.parse(JSON.parse(message.slice(message.indexOf('{'))))
    const details = Array.isArray(detail) ? detail : [detail]
    return details
      .map((each) => (typeof each === 'string' ? each : (each.message ?? each.msg ?? '')))
      .join('; ')
  } catch {
    return message
  }
}

const detailSchema = z.union([
  z.string(),
  z.object({ message: z.string().optional(), msg: z.string().optional() }),
])
const foreignSchema = z.object({ detail: z.union([detailSchema, z.array(detailSchema).min(1)]) })

/** True if the server rejected a request because of one of its parameters; some do so with a 500. */
export function rejectedParameter(error: unknown, name: RegExp): boolean {
  if (!(error instanceof ProviderError) || !(error.cause instanceof Rejection)) return false
  const { status, param, message } = error.cause
  if (status >= 500) return /response_?format|json_?schema|grammar/i.test(`${param} ${message}`)
  return [400, 415, 422].includes(status) && name.test(`${param} ${message}`)
}
