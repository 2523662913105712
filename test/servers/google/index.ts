import { type Loopback, type RecordedRequest, type Reply, startLoopback } from '../loopback.ts'
import { authorized, isReply, refused, spend } from './api.ts'
import { oauthReply } from './oauth.ts'
import { keepBroken, videoReply } from './uploads.ts'
import { CLIENT, SCOPES, World } from './world.ts'

export { CLIENT, DESKTOP, SCOPES } from './world.ts'

export interface GoogleServer extends Loopback {
  world: World
  /** Settings that point a program to this server. */
  env: Record<string, string>
  /** The requests that ask whether a code was entered. */
  polls(): RecordedRequest[]
}

/** A stand-in for Google's OAuth server and the YouTube Data API. */
export async function startGoogle(): Promise<GoogleServer> {
  const world = new World()
  const loopback = await startLoopback(
    (request, origin) =>
      oauthReply(world, request) ?? videoReply(world, request, origin) ?? apiReply(world, request),
    (request) => keepBroken(world, request),
  )
  return Object.assign(loopback, {
    world,
    env: {
      GOOGLE_CLIENT_ID: CLIENT.id,
      GOOGLE_CLIENT_SECRET: CLIENT.secret,
      GOOGLE_API_URL: loopback.origin,
      GOOGLE_OAUTH_URL: loopback.origin,
    },
    polls: () =>
      loopback.requests.filter(({ path, body }) => path === '/token' && body.includes('device_code=')),
  })
}

function apiReply(world: World, request: RecordedRequest): Reply {
  if (`${request.method} ${request.path}` === 'GET /youtube/v3/channels') return channels(world, request)
  return refused(404, 'notFound', 'Not Found')
}

function channels(world: World, request: RecordedRequest): Reply {
  const token = authorized(world, request, [SCOPES.manage, SCOPES.forceSsl])
  if (isReply(token)) return token
  if (request.query.get('mine') !== 'true') return refused(400, 'missingRequiredParameter')
  const { channel } = world
  const items = channel ? [{ id: channel.id, snippet: { title: channel.title } }] : []
  // If there are none, the list is omitted.
  return spend(world, 1) ?? { body: { kind: 'youtube#channelListResponse', ...(channel && { items }) } }
}
