import { AbortError } from 'p-retry'
import { allowedAddress } from '../media/download/download-address.ts'
import {
  failureOfNetwork,
  failureOfStatus,
  type Service,
  unauthorized,
} from '../media/download/http-failure.ts'
import { withRetries } from '../media/download/http-retry.ts'
import { timedSignal } from '../media/download/http-timeout.ts'
import { ProviderError, type ProviderFailure } from '../model/errors.ts'
import type { RateLimiter } from './http-rate-limit.ts'

export interface JsonRequest {
  service: Service
  /** May contain a key in its query, so it never appears in an error. */
  url: URL
  headers?: Record<string, string>
  signal: AbortSignal
  limiter: RateLimiter
  /**
   * Seconds without any progress (while connecting or between two chunks of the answer) after which the service counts as
   * down.
   */
  idleSeconds?: number
  /** Timeout in seconds for the whole answer, however steadily it trickles in. */
  totalSeconds?: number
  /** Retries after the first attempt, for transient failures (network, 429, 5xx, a truncated answer). */
  retries?: number
  /** The longest `Retry-After` to wait for, in seconds; see `withRetries`. */
  longestWait?: number
  /** Largest answer accepted, in bytes. */
  maxBytes?: number
  /** For a service that answers an invalid key with a status other than 401 or 403. */
  classify?: (status: number, body: string) => ProviderFailure | null
}

/**
 * GETs JSON.
 * @returns the parsed answer, not yet validated.
 * @throws ProviderError for any failure of the service; the signal's reason if it is aborted.
 */
export async function fetchJson(request: JsonRequest): Promise<unknown> {
  return withRetries(() => attempt(request), {
    signal: request.signal,
    retries: request.retries ?? 2,
    ...(request.longestWait === undefined ? {} : { longestWait: request.longestWait }),
  })
}

async function attempt(request: JsonRequest): Promise<unknown> {
  const { service, limiter } = request
  await limiter.before(request.signal)
  const timed = timedSignal(request.signal, request.idleSeconds ?? 15, request.totalSeconds ?? 45)
  try {
    const response = await send(request, timed.signal)
    timed.progress()
    limiter.learn(response.status, response.headers)
    const body = await readText(response, request.maxBytes ?? 8_000_000, service, timed.progress)
    return parse(response, body, request)
  } catch (error) {
    request.signal.throwIfAborted()
    if (error instanceof ProviderError) throw error
    const failure = failureOfNetwork(service, error, timed.expired())
    // The person has waited long enough, and the next provider is quicker.
    throw timed.expired() ? new AbortError(failure) : failure
  } finally {
    timed.stop()
  }
}

const REDIRECTS = 3

/** Follows redirects itself, so that a key is sent only to the service's own host. */
async function send({ service, url, headers }: JsonRequest, signal: AbortSignal): Promise<Response> {
  let address: URL | null = url
  for (let hop = 0; hop <= REDIRECTS && address !== null; hop++) {
    const response: Response = await fetch(address, {
      headers: { accept: 'application/json', 'user-agent': 'rushes', ...headers },
      redirect: 'manual',
      signal,
    })
    const location = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response
    await response.body?.cancel()
    address = allowedAddress(location, [url.hostname], url.origin, address)
  }
  throw new ProviderError(
    service.name,
    'bad_answer',
    `${service.title} redirected the search to another address.`,
  )
}

function parse(response: Response, body: string, request: JsonRequest): unknown {
  const { service } = request
  if (!response.ok) {
    const failure = request.classify?.(response.status, body) ?? null
    if (failure === 'unauthorized') throw unauthorized(service, response.status)
    throw failureOfStatus(service, response.status, response.headers)
  }
  try {
    return JSON.parse(body)
  } catch (cause) {
    const what = /^\s*</.test(body) ? 'a web page' : 'an unreadable answer'
    const sentence = `${service.title} sent ${what} instead of results.`
    // The parser's message quotes the answer, which helps no one.
    throw new ProviderError(service.name, 'bad_answer', sentence, { cause: new Error((cause as Error).name) })
  }
}

async function readText(
  response: Response,
  maxBytes: number,
  service: Service,
  progress: () => void,
): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    progress()
    bytes += chunk.byteLength
    if (bytes > maxBytes) {
      throw new ProviderError(service.name, 'too_large', `${service.title} sent far more data than expected.`)
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
