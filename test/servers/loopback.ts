import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RecordedRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: Buffer
  /** The body parsed as JSON, or undefined. */
  json: unknown
  /** The client disconnected before the whole body had arrived. */
  isBroken: boolean
}

/** What can go wrong with one request. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string | object }
  /** A 200 with any body. */
  | { kind: 'answer'; body: string | object | Buffer; headers?: Record<string, string> }
  /** A 200 with a web page. */
  | { kind: 'html' }
  /** Accepts the request and never answers. */
  | { kind: 'silence' }
  /** Asks to continue in another protocol, and sends nothing more. */
  | { kind: 'upgrade' }
  /** Closes the connection without an answer. */
  | { kind: 'reset' }
  /** Sends the headers of the real answer and only this many bytes of its body; breaks off after `until`. */
  | { kind: 'truncated'; bytes: number; until?: () => Promise<void> }
  /** Sends a space every few milliseconds and never ends. */
  | { kind: 'drip' }
  /** Sends the headers and a first piece, then nothing more. */
  | { kind: 'stall'; bytes: number }

export interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: string | object | Buffer
}

export interface Loopback {
  /** `http://127.0.0.1:<port>` */
  origin: string
  requests: RecordedRequest[]
  /** The faults of the next requests, one each; null lets one through. */
  faults: (Fault | null)[]
  /** Decides for every request once `faults` is used up. */
  fault: ((request: RecordedRequest) => Fault | null) | null
  close(): Promise<void>
}

/** An HTTP server on a free port of 127.0.0.1 that answers with `handle` unless a fault is due. */
export async function startLoopback(
  handle: (request: RecordedRequest, origin: string) => Reply | Promise<Reply>,
  onBroken: (request: RecordedRequest) => void = () => undefined,
): Promise<Loopback> {
  const loopback: Loopback = {
    origin: '',
    requests: [],
    faults: [],
    fault: null,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((incoming, response) => {
    void (async () => {
      const request = await record(incoming)
      loopback.requests.push(request)
      if (request.isBroken) return onBroken(request)
      const queued = loopback.faults.shift()
      const fault = queued === undefined ? (loopback.fault?.(request) ?? null) : queued
      if (fault && (await spoil(fault, response))) return
      const reply = await handle(request, loopback.origin)
      const body = bytes(reply.body ?? '')
      response.writeHead(reply.status ?? 200, {
        'content-type':
          typeof reply.body === 'object' && !Buffer.isBuffer(reply.body) ? 'application/json' : 'text/plain',
        'content-length': String(body.length),
        ...reply.headers,
      })
      if (fault?.kind === 'truncated' || fault?.kind === 'stall') {
        response.write(body.subarray(0, fault.bytes), () => {
          if (fault.kind === 'truncated')
            void (fault.until?.() ?? Promise.resolve()).then(() => response.destroy())
        })
      } else if (incoming.method === 'HEAD') response.end()
      else response.end(body)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  loopback.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return loopback
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const pieces: Buffer[] = []
  let isBroken = false
  try {
    for await (const piece of incoming) pieces.push(piece as Buffer)
  } catch {
    isBroken = true
  }
  const body = Buffer.concat(pieces)
  const url = new URL(incoming.url ?? '/', 'http://loopback')
  const { method = '', headers } = incoming
  const isJson = !isBroken && headers['content-type']?.includes('json')
  const json = isJson ? JSON.parse(body.toString()) : undefined
  return { method, path: url.pathname, query: url.searchParams, headers, body, json, isBroken }
}

/** Returns true if the fault has answered (or never will). */
async function spoil(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'status': {
      const isText = typeof fault.body === 'string'
      response.writeHead(fault.status, {
        'content-type': isText ? 'text/plain' : 'application/json',
        ...fault.headers,
      })
      response.end(bytes(fault.body ?? { error: { message: `Status ${fault.status}` } }))
      return true
    }
    case 'answer':
      response.writeHead(200, { 'content-type': 'application/json', ...fault.headers })
      response.end(bytes(fault.body))
      return true
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end('<!doctype html><title>Just a moment…</title><p>Checking your browser</p>')
      return true
    case 'drip': {
      response.writeHead(200, { 'content-type': 'application/json' })
      const dripping = setInterval(() => response.write(' '), 20)
      response.once('close', () => clearInterval(dripping))
      return true
    }
    case 'silence':
      return true
    case 'upgrade':
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
      return true
    case 'reset':
      response.destroy()
      return true
    case 'truncated':
    case 'stall':
      return false
  }
}

function bytes(body: string | object | Buffer): Buffer {
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}
