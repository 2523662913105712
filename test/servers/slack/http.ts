import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { chat } from './api/chat.ts'
import { conversations } from './api/conversations.ts'
import { files, receiveBytes } from './api/files.ts'
import { people } from './api/people.ts'
import type { Caller } from './api/posting.ts'
import { reactions } from './api/reactions.ts'
import { type Answer, type Args, optional, Refusal } from './api/refusal.ts'
import { SCOPES } from './api/scopes.ts'
import { views } from './api/views.ts'
import { readArgs, readBytes, readUpload, UNREADABLE } from './body.ts'
import { createBuckets, type Fault, type Faults } from './faults.ts'
import { useResponseUrl } from './respond.ts'
import type { Call, World } from './world.ts'

type Method = (caller: Caller, args: Args) => Answer
const METHODS: Record<string, Method> = {
  ...chat,
  ...conversations,
  ...people,
  ...views,
  ...files,
  ...reactions,
}
/** Methods that count toward a channel's message limit. */
const POSTING = new Set(['chat.postMessage', 'chat.update', 'chat.postEphemeral'])

/** Maximum difference between two clocks of one machine, in milliseconds. */
const CLOCKS = 20

/** The Web API, the addresses for uploads and private files, and the response_urls. */
export function createHttp(world: World, faults: Faults, socketUrl: () => string | undefined): Server {
  const buckets = createBuckets()
  /** When an app may call again after a Retry-After, by method and channel. */
  const silences = new Map<string, number>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    const bytes = await readBytes(request)
    const [, area = '', rest = '', third = ''] = pathname.split('/')
    if (area === 'api' && request.method === 'POST') return method(rest, bytes, request, response)
    if (area === 'upload') return upload(third, bytes, request, response)
    if (area === 'response' && request.method === 'POST') return reply(rest, bytes, request, response)
    if (area === 'files-pri') return download(rest, request, response)
    end(response, 404, 'no such page')
  }

  async function method(name: string, bytes: Buffer, request: IncomingMessage, response: ServerResponse) {
    await recorded(name, response, await readArgs(request, bytes), (args) => {
      const token = bearer(request) ?? optional(args, 'token')
      if (token === undefined) throw new Refusal('not_authed')
      const known = world.tokens.get(token)
      if (known === undefined) throw new Refusal('invalid_auth')
      if (known.revoked) throw new Refusal('token_revoked')
      response.setHeader('x-oauth-scopes', [...known.scopes].join(', '))
      const run = name === 'apps.connections.open' ? () => connect(socketUrl) : METHODS[name]
      if (run === undefined) throw new Refusal('unknown_method', { req_method: name })
      const wanted = name === 'apps.connections.open' ? 'app' : 'bot'
      if (known.kind !== wanted) throw new Refusal('not_allowed_token_type')
      const needScope = (scope: string) => {
        if (known.scopes.has(scope)) return
        throw new Refusal('missing_scope', { needed: scope, provided: [...known.scopes].join(',') })
      }
      for (const scope of SCOPES[name] ?? []) needScope(scope)
      if (args.blocks === UNREADABLE) throw new Refusal('invalid_blocks_format')
      if (Object.values(args).includes(UNREADABLE)) throw new Refusal('invalid_arguments')
      const wait = POSTING.has(name)
        ? buckets.waitFor(optional(args, 'channel') ?? '', world.settings.rateLimit)
        : undefined
      if (wait !== undefined) throw new TooFast(wait)
      return run({ world, scopes: known.scopes, needScope }, args)
    })
  }

  async function upload(id: string, bytes: Buffer, request: IncomingMessage, response: ServerResponse) {
    const content = await readUpload(request, bytes)
    await recorded('upload', response, { id, bytes: content.length }, () => {
      const { status, body } = receiveBytes(world, id, content)
      if (status !== 200) throw new Refusal(body, { httpStatus: status })
      return { plain: body }
    })
  }

  async function reply(id: string, bytes: Buffer, request: IncomingMessage, response: ServerResponse) {
    await recorded('response_url', response, await readArgs(request, bytes), (args) => {
      try {
        if (Object.values(args).includes(UNREADABLE)) throw new Refusal('invalid_payload')
        useResponseUrl(world, id, args)
      } catch (error) {
        if (error instanceof Refusal) error.extra.httpStatus ??= 404
        throw error
      }
      return {}
    })
  }

  function download(name: string, request: IncomingMessage, response: ServerResponse) {
    const file = world.files.get(name.split('-').at(-1) ?? '')
    const token = world.tokens.get(bearer(request) ?? '')
    if (file?.bytes === undefined) return end(response, 404, 'not found')
    // Slack shows a sign-in page instead of an error.
    if (token?.scopes.has('files:read') !== true)
      return end(response, 200, '<html>Sign in</html>', 'text/html')
    end(response, 200, file.bytes, file.mimetype)
  }

  /** Applies the fault that is due, runs the call, answers, and records the call. */
  async function recorded(name: string, response: ServerResponse, args: Args, run: (args: Args) => Answer) {
    const call: Call = {
      method: name,
      args,
      at: Date.now(),
      status: 200,
      ok: false,
      error: undefined,
      answer: undefined,
    }
    world.calls.push(call)
    const fault = faults.take(name)
    if (fault !== undefined && 'delayMs' in fault) {
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    }
    const silence = `${name} ${String(args.channel)}`
    if (POSTING.has(name) && Date.now() < (silences.get(silence) ?? 0))
      world.problems.push(`${name} was called before the time that Retry-After had asked to wait`)
    if (fault !== undefined && 'retryAfter' in fault)
      silences.set(silence, Date.now() + fault.retryAfter * 1000 - CLOCKS)
    const outcome = (fault && injected(fault)) ?? attempt(() => run(args))
    Object.assign(call, outcome.call)
    const lost = fault !== undefined && ('reset' in fault || 'loseAnswer' in fault)
    if (lost) {
      call.status = 0
      response.destroy()
    } else if (outcome.retryAfter !== undefined) {
      response.setHeader('retry-after', String(outcome.retryAfter))
      end(response, 429, JSON.stringify({ ok: false, error: 'ratelimited' }), 'application/json')
    } else {
      end(response, call.status, outcome.body, outcome.plain ? 'text/plain' : 'application/json')
    }
    world.signal.changed()
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A bug in this server must not look like an answer from Slack.
      world.problems.push(
        `The loopback Slack failed: ${String(error instanceof Error ? error.stack : error)}`,
      )
      end(response, 500, 'the loopback failed')
    })
  })
}

class TooFast extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('ratelimited')
    this.seconds = seconds
  }
}

interface Outcome {
  call: Partial<Call>
  body: string
  plain?: boolean
  retryAfter?: number
}

function attempt(run: () => Answer): Outcome {
  try {
    const result = run()
    if (typeof result.plain === 'string') {
      return { call: { ok: true, answer: result }, body: result.plain, plain: true }
    }
    const answer: Answer = { ok: true, ...result }
    return { call: { ok: true, answer }, body: JSON.stringify(answer) }
  } catch (error) {
    if (error instanceof TooFast) {
      return { call: { status: 429, error: 'ratelimited' }, body: '', retryAfter: error.seconds }
    }
    if (!(error instanceof Refusal)) throw error
    const { httpStatus, ...extra } = error.extra
    const answer = { ok: false, error: error.error, ...extra }
    const status = typeof httpStatus === 'number' ? httpStatus : 200
    return { call: { status, error: error.error, answer }, body: JSON.stringify(answer) }
  }
}

function injected(fault: Fault): Outcome | undefined {
  if ('error' in fault) {
    const answer = { ok: false, error: fault.error, ...fault.extra }
    return { call: { error: fault.error, answer }, body: JSON.stringify(answer) }
  }
  if ('retryAfter' in fault) {
    return { call: { status: 429, error: 'ratelimited' }, body: '', retryAfter: fault.retryAfter }
  }
  if ('status' in fault)
    return { call: { status: fault.status, error: `HTTP ${fault.status}` }, body: fault.body ?? '' }
  return 'reset' in fault ? { call: { error: 'reset' }, body: '' } : undefined
}

function connect(socketUrl: () => string | undefined): Answer {
  const url = socketUrl()
  if (url === undefined) throw new Refusal('too_many_websockets')
  return { url }
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
}

function end(response: ServerResponse, status: number, body: string | Buffer, type = 'text/plain'): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'content-type': type })
  response.end(body)
}
