import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { requestLimit } from './attachments.ts'
import { isObject } from './checks/form-errors.ts'
import type { Fault, Faults } from './faults.ts'
import { openApi } from './openapi.ts'
import type { RateLimits } from './rate-limits.ts'
import { Refusal, refuse } from './refusal.ts'
import { type ParsedBody, parseBody, readBytes } from './request-body.ts'
import { ROUTES } from './routes/all.ts'
import type { Answer, Route } from './routes/route.ts'
import type { RecordedRequest } from './types.ts'
import type { World } from './world.ts'

interface Reply extends Answer {
  headers: Record<string, string>
}

const SERVED = ROUTES.map((route) => ({ ...route, pattern: patternOf(route.template) }))
  // `/@original` must come before `/{message_id}`.
  .sort((a, b) => (a.template.match(/\{/g)?.length ?? 0) - (b.template.match(/\{/g)?.length ?? 0))

/** Answers one HTTP request: for a file of the CDN, or an API call. */
export async function serveHttp(
  world: World,
  faults: Faults,
  limits: RateLimits,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.origin)
  if (url.pathname.startsWith('/cdn/')) return serveFile(world, url, request, response)
  const method = request.method ?? 'GET'
  // Clients write `%40original` for `@original`.
  const path = decodePath(url.pathname).replace(/^\/api(\/v\d+)?/, '')
  const matching = SERVED.filter(({ pattern }) => pattern.test(path))
  const route = matching.find((one) => one.method === method)
  const record: RecordedRequest = {
    method,
    path,
    route: route?.template ?? matching[0]?.template ?? null,
    query: Object.fromEntries(url.searchParams),
    body: undefined,
    files: [],
    at: world.clock.now(),
    status: 0,
    code: null,
    refusal: null,
  }
  const bytes = await readBytes(request)
  world.requests.push(record)
  world.changed()

  const fault = faults.take(method, path, record.route)
  if (fault?.delay !== undefined) await sleep(fault.delay)
  const fails = fault !== null && (fault.status !== undefined || fault.reset === true)
  let reply: Reply = { status: 0, headers: {} }
  if (!fails || fault.applied === true) {
    reply = await answer({
      world,
      limits,
      request,
      url,
      path,
      method,
      bytes,
      record,
      route,
      known: matching.length > 0,
    })
  } else {
    record.body = (await parseBody(request.headers['content-type'] ?? '', bytes).catch(() => null))?.body
  }
  if (fault?.reset === true) {
    record.status = -1
    request.socket.destroy()
  } else {
    if (fault?.status !== undefined) reply = faultReply(fault, fault.status)
    record.status = reply.status
    if (reply.status >= 400 && isObject(reply.body)) {
      record.code = typeof reply.body.code === 'number' ? reply.body.code : null
      record.refusal = JSON.stringify(reply.body)
    }
    send(response, reply)
  }
  world.changed()
}

interface Arrival {
  world: World
  limits: RateLimits
  request: IncomingMessage
  url: URL
  path: string
  method: string
  bytes: Buffer
  record: RecordedRequest
  route: (Route & { pattern: RegExp }) | undefined
  known: boolean
}

async function answer(arrival: Arrival): Promise<Reply> {
  const { world, limits, request, url, path, method, bytes, record, route } = arrival
  const headers: Record<string, string> = {}
  try {
    if (!/^\/api\/v10\//.test(url.pathname)) throw refuse.notFound()
    if (route === undefined) throw arrival.known ? refuse.methodNotAllowed() : refuse.notFound()
    if (route.auth && request.headers.authorization !== `Bot ${world.token}`) throw refuse.unauthorized()
    const params: Record<string, string> = { ...route.pattern.exec(path)?.groups }

    const major = params.webhook_token ?? params.channel_id ?? params.guild_id ?? ''
    const allowance = limits.take(method, route.template, major)
    if (!route.template.startsWith('/interactions')) Object.assign(headers, allowance.headers)
    if (allowance.retryAfter !== null) return limited(headers, allowance.retryAfter, 'user')

    const channel = world.channels.get(params.channel_id ?? '') ?? interactionChannel(world, params)
    if (bytes.length > requestLimit(world, channel?.guildId ?? null)) throw refuse.tooLarge()
    const parsed = await parseBody(request.headers['content-type'] ?? '', bytes)
    note(world, record, route, parsed)
    const result = route.handle({
      world,
      param: (name) => params[name] ?? '',
      query: url.searchParams,
      body: isObject(parsed.body) ? parsed.body : {},
      rawBody: parsed.body,
      uploads: parsed.uploads,
    })
    return { ...result, headers }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, body: error.body(), headers }
  }
}

function interactionChannel(world: World, params: Record<string, string>) {
  const token = params.webhook_token ?? params.interaction_token ?? ''
  return world.channels.get(world.interactions.get(token)?.channelId ?? '')
}

function note(world: World, record: RecordedRequest, route: Route, parsed: ParsedBody): void {
  record.body = structuredClone(parsed.body)
  record.files = parsed.uploads.map(({ index, filename, bytes }) => ({ index, filename, size: bytes.length }))
  if (record.method === 'GET' || record.method === 'DELETE') return
  world.violations.push(...openApi().violations(record.method, route.template, parsed.body))
}

function limited(headers: Record<string, string>, seconds: number, scope: string): Reply {
  return {
    status: 429,
    headers: {
      ...headers,
      'Retry-After': seconds.toFixed(3),
      'X-RateLimit-Scope': scope,
      ...(scope === 'global' ? { 'X-RateLimit-Global': 'true' } : {}),
    },
    body: { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' },
  }
}

function faultReply(fault: Fault, status: number): Reply {
  if (status === 429) return limited({}, fault.retryAfter ?? 1, fault.scope ?? 'user')
  const body = fault.body ?? (status >= 500 ? { message: `${status}: Server Error`, code: 0 } : {})
  return { status, body, headers: {} }
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.statusCode = status
  if (body === undefined) {
    response.end()
    return
  }
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}

function serveFile(world: World, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const [, , , channelId, id, name] = url.pathname.split('/')
  const file = world.files.get(id ?? '')
  if (file === undefined || file.channelId !== channelId || file.attachment.filename !== name) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('This content is no longer available.')
    return
  }
  response.writeHead(200, {
    'Content-Type': file.attachment.content_type || 'application/octet-stream',
    'Content-Length': file.bytes.length,
  })
  response.end(request.method === 'HEAD' ? undefined : file.bytes)
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}
