import * as oauth from 'oauth4webapi'
import { failureOfNetwork, failureOfStatus, type Service } from '../../media/download/http-failure.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import { cappedFetch } from '../capped-fetch.ts'

export interface OAuthConnection {
  clientId: string
  clientSecret: string
  /** The origin that serves device codes, tokens and their revocation. */
  oauthURL: string
  /** Where people consent in a browser. */
  consentURL: string
}

const GOOGLE_OAUTH: Service = {
  name: 'youtube',
  title: 'Google',
  setting: 'GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET',
}

/** Maximum size of an answer in bytes; most of it is a token. */
const LARGEST = 64_000
/** Timeout of a request, in milliseconds. */
const PATIENCE = 20_000

/** The arguments for the functions of oauth4webapi. */
export interface Asked {
  server: oauth.AuthorizationServer
  client: oauth.Client
  auth: oauth.ClientAuth
  options: oauth.TokenEndpointRequestOptions
}

/**
 * Makes a request to Google's OAuth server. Its refusals are thrown as they came, for `codeOf`, except for those about
 * the client:
 * @throws UserError `client_refused`; ProviderError for transient failures.
 */
export async function askGoogle<T>(
  { oauthURL }: OAuthConnection,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  signal: AbortSignal,
  work: (asked: Asked) => Promise<T>,
): Promise<T> {
  // https://accounts.google.com/.well-known/openid-configuration, without ID tokens, which aren't requested here.
  const server: oauth.AuthorizationServer = {
    issuer: 'https://accounts.google.com',
    device_authorization_endpoint: `${oauthURL}/device/code`,
    token_endpoint: `${oauthURL}/token`,
    revocation_endpoint: `${oauthURL}/revoke`,
  }
  const late = AbortSignal.timeout(PATIENCE)
  const options: oauth.TokenEndpointRequestOptions = {
    [oauth.customFetch]: fetchAsPublished,
    // Only if the address was overridden: the default is https.
    [oauth.allowInsecureRequests]: new URL(oauthURL).protocol === 'http:',
    signal: AbortSignal.any([signal, late]),
  }
  try {
    return await work({
      ...{ server, options, client: { client_id: clientId } },
      auth: oauth.ClientSecretPost(clientSecret),
    })
  } catch (error) {
    signal.throwIfAborted()
    throw meaningOf(error, late.aborted)
  }
}

/** The `error` code in the server's answer; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.code
  return undefined
}

/** A refusal with its reason, but without the answer it came in, which contains things that must not be logged. */
class Refusal extends Error {
  readonly code: string

  constructor(code: string) {
    super(`Google refused: ${code}`)
    this.name = 'Refusal'
    this.code = code
  }
}

/** Codes about the client itself: https://developers.google.com/identity/protocols/oauth2/limited-input-device#step-6 */
const CLIENT = new Set([
  ...['invalid_client', 'unauthorized_client', 'deleted_client', 'disabled_client', 'org_internal'],
  ...['invalid_scope', 'unsupported_grant_type', 'redirect_uri_mismatch', 'admin_policy_enforced'],
])
/** 403 for requesting codes too often: same page, step 2. */
const BUSY = new Set(['rate_limit_exceeded', 'quota_exceeded'])

function meaningOf(error: unknown, timedOut: boolean): unknown {
  if (error instanceof UserError || error instanceof ProviderError) return error
  if (error instanceof oauth.AuthorizationResponseError) return new Refusal(shortened(error.error))
  if (error instanceof oauth.ResponseBodyError) {
    if (CLIENT.has(error.error)) return new UserError('client_refused', { reason: error.error })
    if (BUSY.has(error.error))
      return new ProviderError('youtube', 'rate_limited', 'Google is receiving too many requests.')
    return new Refusal(shortened(error.error))
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return new UserError('client_refused', { reason: 'invalid_client' })
  if (error instanceof oauth.OperationProcessingError) {
    const response = error.cause
    if (response instanceof Response && !response.ok)
      return failureOfStatus(GOOGLE_OAUTH, response.status, response.headers)
    return new ProviderError('youtube', 'bad_answer', 'Google sent an answer that cannot be read.')
  }
  return failureOfNetwork(GOOGLE_OAUTH, error, timedOut)
}

/** The codes in the standards are short; anything longer could be anything. */
function shortened(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : 'unknown'
}

/** Google calls the address for the code `verification_url`; the standard says `verification_uri` (RFC 8628, 3.2). */
async function fetchAsPublished(
  url: string,
  init: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
): Promise<Response> {
  const { body, signal, ...rest } = init
  const response = await capped(url, {
    ...rest,
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  })
  if (!url.endsWith('/device/code') || !response.ok) return response
  const text = await response.text()
  const { status, headers } = response
  return new Response(text.replace('"verification_url"', '"verification_uri"'), { status, headers })
}

const capped = cappedFetch(() => LARGEST)
