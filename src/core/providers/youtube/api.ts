import type { z } from 'zod'
import { failureOfNetwork, failureOfStatus, type Service } from '../../media/download/http-failure.ts'
import { withRetries } from '../../media/download/http-retry.ts'
import type { Access } from '../../model/access.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import { cappedFetch } from '../capped-fetch.ts'
import { reasonIn } from './reason.ts'

export const YOUTUBE: Service = {
  name: 'youtube',
  title: 'YouTube',
  setting: 'the linked channel',
}

export interface YouTubeRequest {
  url: URL
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  access: Access
  signal: AbortSignal
  /** Timeout in seconds for the whole exchange, including the request body; 60 by default. */
  seconds?: number
  /** Further statuses that are no failure, besides those below 400. */
  accepts?: readonly number[]
}

export interface YouTubeAnswer {
  status: number
  headers: Headers
  text: string
}

/** Maximum size of an answer, in bytes. */
const LARGEST = 1_000_000

/**
 * Makes one request. If the token is refused, it is renewed once; nothing else is retried.
 * @throws UserError `upload_refused` with Google's reason, `access_ended`; ProviderError for transient failures.
 */
export async function requestOnce(request: YouTubeRequest): Promise<YouTubeAnswer> {
  const { access, signal } = request
  const token = await access.token(signal)
  const answer = await send(request, token)
  // The token is valid, but the person has no channel: https://developers.google.com/youtube/v3/docs/errors#general
  if (answer.status === 401 && reasonIn(answer.text)?.reason === 'youtubeSignupRequired')
    throw failureOf(answer)
  // 401: the token has expired or was revoked: https://developers.google.com/youtube/v3/docs/errors
  const last = answer.status === 401 ? await send(request, await access.instead(token, signal)) : answer
  if (last.status === 401) throw new UserError('access_ended')
  if (last.status < 400 || request.accepts?.includes(last.status)) return last
  throw failureOf(last)
}

/** Same, with retries where they may help. */
export async function requestJson<T>(request: YouTubeRequest, schema: z.ZodType<T>): Promise<T> {
  const { signal } = request
  const { text } = await withRetries(() => requestOnce(request), { signal, retries: 2 })
  return readJson(text, schema)
}

/** @throws ProviderError */
export function readJson<T>(text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new ProviderError('youtube', 'bad_answer', 'YouTube sent an answer that cannot be read.')
  }
}

function failureOf({ status, headers, text }: YouTubeAnswer): Error {
  const found = reasonIn(text)
  if (found && isPassing(found.reason))
    return new ProviderError('youtube', 'rate_limited', 'YouTube is receiving too many requests.')
  if (status === 429 || status >= 500) return failureOfStatus(YOUTUBE, status, headers)
  return new UserError('upload_refused', found ?? { reason: `HTTP ${status}`, message: '' })
}

/** Sent with 403, but over in a moment: https://developers.google.com/youtube/v3/docs/errors */
function isPassing(reason: string): boolean {
  return ['rateLimitExceeded', 'userRateLimitExceeded', 'backendError', 'internalError'].includes(reason)
}

async function send(request: YouTubeRequest, token: string): Promise<YouTubeAnswer> {
  const { url, method = 'GET', headers, body, signal, seconds = 60 } = request
  const late = AbortSignal.timeout(seconds * 1000)
  try {
    const response = await capped(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'rushes',
        ...headers,
        authorization: `Bearer ${token}`,
      },
      // 308 is an answer here, not a redirect; a token is never sent to another address.
      redirect: 'manual',
      ...(body !== undefined && { body }),
      signal: AbortSignal.any([signal, late]),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (error) {
    signal.throwIfAborted()
    throw failureOfNetwork(YOUTUBE, error, late.aborted)
  }
}

const capped = cappedFetch(() => LARGEST)
