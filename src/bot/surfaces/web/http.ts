import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { isNodeError } from '../../../core/model/failure.ts'
import { SurfaceError } from '../surface.ts'

/** The server on HOST and PORT: the studio, the API, and Slack's events if configured. */
export interface HttpHost {
  host: string
  /** The actual port, if any free one was requested. */
  port: number
  /** Passes all requests whose path begins with `prefix` to `listener`; the longest matching prefix wins. */
  mount(prefix: string, listener: RequestListener): void
  /**
   * Stops accepting requests, gives those in progress `grace` milliseconds to end, cuts off the rest, and frees the port.
   * Safe to call twice.
   */
  close(grace?: number): Promise<void>
}

/**
 * Milliseconds in which a request must arrive: its headers; all of it, including a file over a slow line (the code that
 * receives files cuts off silent senders earlier); and one that isn't for the studio.
 */
const PATIENCE = { headers: 10_000, request: 60 * 60_000, other: 30_000 }
/** Milliseconds between checks for idle connections while closing. */
const TIDYING = 20

/** @throws SurfaceError with one line that names the setting, if it cannot listen on the port. */
export async function openHttp(
  { host, port }: { host: string; port: number },
  onError: (error: Error) => void,
): Promise<HttpHost> {
  const mounted = new Map<string, RequestListener>()
  const server = createServer(
    { headersTimeout: PATIENCE.headers, requestTimeout: PATIENCE.request },
    (request, response) => {
      if (!addressed(request)) {
        response.writeHead(400, { connection: 'close' }).end()
        return
      }
      const path = (request.url ?? '/').split('?')[0] ?? '/'
      const prefix = [...mounted.keys()].filter((each) => path.startsWith(each)).sort(byLength)[0]
      const listener = prefix === undefined ? undefined : mounted.get(prefix)
      // The studio and the API limit the time for bodies themselves.
      if (prefix !== '/') {
        const late = setTimeout(() => void (request.complete || request.destroy()), PATIENCE.other)
        request.once('close', () => clearTimeout(late))
      }
      if (listener) listener(request, response)
      else response.writeHead(503, { 'retry-after': '1' }).end()
    },
  )
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new SurfaceError(refusal(host, port, cause), { cause })
  }
  server.on('error', onError)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  let closed: Promise<void> | undefined
  return {
    host,
    port: (server.address() as AddressInfo).port,
    mount: (prefix, listener) => void mounted.set(prefix, listener),
    async close(grace = 0) {
      const cut = setTimeout(() => server.closeAllConnections(), grace)
      // Browsers keep connections open for their next request, and open some before they have one; Node doesn't count the
      // latter as idle.
      const tidy = setInterval(() => {
        server.closeIdleConnections()
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
      }, TIDYING)
      closed ??= new Promise((resolve) => server.close(() => resolve()))
      await closed
      clearTimeout(cut)
      clearInterval(tidy)
    },
  }
}

/**
 * Rewrites a request with an absolute URL to its path and host, which overrides the Host header:
 * https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form
 * @returns whether the request has a path at all.
 */
function addressed(request: IncomingMessage): boolean {
  const [, host, path = '/'] = /^https?:\/\/([^/?#@]+)([/?#].*)?$/is.exec(request.url ?? '') ?? []
  if (host !== undefined) {
    request.url = path.startsWith('/') ? path : `/${path}`
    request.headers.host = host
    const { rawHeaders } = request
    const at = rawHeaders.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === 'host')
    if (at < 0) rawHeaders.push('host', host)
    else rawHeaders[at + 1] = host
  }
  return request.url?.startsWith('/') ?? false
}

function byLength(one: string, other: string): number {
  return other.length - one.length
}

function refusal(host: string, port: number, cause: unknown): string {
  const code = isNodeError(cause) ? cause.code : undefined
  if (code === 'EADDRINUSE')
    return `PORT ${port} on ${host} is in use by another program. Set PORT to a free port.`
  if (code === 'EACCES')
    return `Rushes is not allowed to listen on PORT ${port}. Set PORT to a port above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST ${host} is not an address of this machine.`
  return `Rushes cannot listen on PORT ${port} at HOST ${host} (${code ?? String(cause)}).`
}
