import type { RecordedRequest, Reply } from '../loopback.ts'
import type { Token, World } from './world.ts'

/** An error response in the format of https://developers.google.com/youtube/v3/docs/errors. */
export function refused(status: number, reason: string, message = reason): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: { error: { code: status, message, errors: [{ message, domain: 'youtube', reason }] } },
  }
}

/** The token of a request, if it has one of these scopes, otherwise the refusal. */
export function authorized(world: World, { headers }: RecordedRequest, scopes: string[]): Token | Reply {
  const [, value = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
  const token = world.access(value)
  if (!token) return refused(401, 'authError', 'Invalid Credentials')
  if (!scopes.some((scope) => token.scopes.includes(scope)))
    return refused(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.')
  return token
}

export function isReply(found: Token | Reply): found is Reply {
  return !('value' in found)
}

/** Deducts the cost of a call from the rest of the day's quota. */
export function spend(world: World, units: number): Reply | null {
  if (world.quota < units)
    return refused(
      403,
      'quotaExceeded',
      'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
    )
  world.quota -= units
  return null
}
