import { createHash, randomBytes } from 'node:crypto'
import type { RecordedRequest, Reply } from '../loopback.ts'
import { CLIENT, DESKTOP, SCOPES, type World } from './world.ts'

/** https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes */
const ON_DEVICES = [
  ...['email', 'openid', 'profile', SCOPES.manage, `${SCOPES.manage}.readonly`],
  ...['https://www.googleapis.com/auth/drive.appdata', 'https://www.googleapis.com/auth/drive.file'],
]
const FORM = 'application/x-www-form-urlencoded'

/** Google's OAuth server; null for requests that are not for it. */
export function oauthReply(world: World, request: RecordedRequest): Reply | null {
  const route = `${request.method} ${request.path}`
  if (route === 'GET /o/oauth2/v2/auth') return consent(world, request.query)
  if (!['POST /device/code', 'POST /token', 'POST /revoke'].includes(route)) return null
  if (!request.headers['content-type']?.startsWith(FORM)) return refusal(400, 'invalid_request')
  const form = new URLSearchParams(request.body.toString())
  if (route === 'POST /device/code') return deviceCode(world, form)
  return route === 'POST /token' ? token(world, form) : revoke(world, form)
}

function deviceCode(world: World, form: URLSearchParams): Reply {
  if (form.get('client_id') === DESKTOP.id) return refusal(401, 'invalid_client', 'Invalid client type.')
  if (form.get('client_id') !== CLIENT.id)
    return refusal(401, 'invalid_client', 'The OAuth client was not found.')
  const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean)
  if (scopes.length === 0 || scopes.some((scope) => !ON_DEVICES.includes(scope)))
    return refusal(400, 'invalid_scope', `Invalid device flow scope: ${scopes.join(' ')}`)
  const userCode = `${letters()}-${letters()}`
  const device = {
    ...{ deviceCode: `AH-1Ng${randomBytes(24).toString('base64url')}`, userCode, client: CLIENT.id, scopes },
    ...{ interval: world.interval, endsAt: world.now() + world.codeSeconds * 1000 },
    ...{ askedAt: world.now(), state: 'waiting' as const },
  }
  world.devices.push(device)
  return json(200, {
    device_code: device.deviceCode,
    user_code: userCode,
    expires_in: world.codeSeconds,
    interval: world.interval,
    // The standard uses another name.
    verification_url: 'https://www.google.com/device',
  })
}

function letters(): string {
  return Array.from(randomBytes(4), (byte) => 'BCDFGHJKLMNPQRSTVWXZ'.charAt(byte % 20)).join('')
}

function token(world: World, form: URLSearchParams): Reply {
  const client = [CLIENT, DESKTOP].find(({ id }) => id === form.get('client_id'))
  if (!client) return refusal(401, 'invalid_client', 'The OAuth client was not found.')
  if (form.get('client_secret') !== client.secret)
    return refusal(401, 'invalid_client', 'The provided client secret is invalid.')
  switch (form.get('grant_type')) {
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return tokenOfDevice(world, form.get('device_code'), client.id)
    case 'authorization_code':
      return tokenOfCode(world, form, client.id)
    case 'refresh_token':
      return renewedToken(world, form.get('refresh_token'), client.id)
    default:
      return refusal(400, 'unsupported_grant_type')
  }
}

function tokenOfDevice(world: World, code: string | null, client: string): Reply {
  const device = world.devices.find((each) => each.deviceCode === code && each.client === client)
  if (!device || device.state === 'used') return refusal(400, 'invalid_grant', 'Malformed auth code.')
  const now = world.now()
  const isEarly = now - device.askedAt < device.interval * 1000
  device.askedAt = now
  if (device.endsAt <= now) return refusal(400, 'expired_token')
  if (isEarly) {
    device.interval += 5
    return refusal(403, 'slow_down', 'Forbidden')
  }
  if (device.state === 'denied') return refusal(403, 'access_denied', 'Forbidden')
  if (device.state === 'waiting') return refusal(428, 'authorization_pending', 'Precondition Required')
  device.state = 'used'
  return newTokens(world, client, device.scopes)
}

function tokenOfCode(world: World, form: URLSearchParams, client: string): Reply {
  const code = form.get('code') ?? ''
  const given = world.consents.get(code)
  world.consents.delete(code)
  const hash = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (!given || given.client !== client || given.challenge !== hash) return refusal(400, 'invalid_grant')
  if (given.redirect !== form.get('redirect_uri')) return refusal(400, 'redirect_uri_mismatch')
  return newTokens(world, client, given.scopes)
}

function newTokens(world: World, client: string, scopes: string[]): Reply {
  const grant = world.newGrant()
  const access = world.token({ type: 'access', grant, client, scopes })
  const refresh = world.token({ type: 'refresh', grant, client, scopes })
  return json(200, {
    access_token: access.value,
    expires_in: world.tokenSeconds,
    refresh_token: refresh.value,
    scope: scopes.join(' '),
    token_type: 'Bearer',
  })
}

function renewedToken(world: World, value: string | null, client: string): Reply {
  const known = world.tokens.get(value ?? '')
  if (known?.type !== 'refresh' || world.revoked.has(known.grant))
    return refusal(400, 'invalid_grant', 'Token has been expired or revoked.')
  if (known.client !== client) return refusal(401, 'unauthorized_client', 'Unauthorized')
  const { scopes, grant } = known
  const access = world.token({ type: 'access', grant, client, scopes })
  const answer = { expires_in: world.tokenSeconds, scope: scopes.join(' '), token_type: 'Bearer' }
  return json(200, { access_token: access.value, ...answer })
}

function revoke(world: World, form: URLSearchParams): Reply {
  const known = world.tokens.get(form.get('token') ?? '')
  if (!known || world.revoked.has(known.grant))
    return refusal(400, 'invalid_token', 'Token expired or revoked')
  world.revoked.add(known.grant)
  return json(200, {})
}

/** The page on which people consent; here everyone does so immediately. */
function consent(world: World, query: URLSearchParams): Reply {
  const redirect = query.get('redirect_uri') ?? ''
  const isLoopback = /^http:\/\/(127\.0\.0\.1|\[::1\]):\d+(\/|$)/.test(redirect)
  const scopes = (query.get('scope') ?? '').split(' ').filter(Boolean)
  const wrong =
    query.get('client_id') !== DESKTOP.id ||
    !isLoopback ||
    query.get('response_type') !== 'code' ||
    query.get('code_challenge_method') !== 'S256' ||
    !/^[\w-]{43}$/.test(query.get('code_challenge') ?? '') ||
    scopes.length === 0
  if (wrong) return { status: 400, body: 'Error 400: redirect_uri_mismatch or invalid_request' }
  const code = `4/0A${randomBytes(24).toString('base64url')}`
  const challenge = query.get('code_challenge') ?? ''
  world.consents.set(code, { client: DESKTOP.id, redirect, challenge, scopes })
  const back = new URL(redirect)
  back.searchParams.set('state', query.get('state') ?? '')
  back.searchParams.set('code', code)
  back.searchParams.set('scope', scopes.join(' '))
  return { status: 302, headers: { location: back.href } }
}

function refusal(status: number, error: string, description = error): Reply {
  return json(status, { error, error_description: description })
}

function json(status: number, body: object): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}
