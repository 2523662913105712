import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { isNodeError } from '../../../core/model/failure.ts'
import { SurfaceError } from '../surface.ts'

/** What listens on HOST and PORT: the studio, the API, and where it is set up so, Slack's events. */
export interface HttpHost {
  host: string
  /** The one that was taken, where any free one was asked for. */
  port: number
  /** Hands all requests whose path begins so to `listener`; the longest beginning that fits counts. */
  mount(prefix: string, listener: RequestListener): void
  /**
   * Takes no more requests, lets those in progress end within `grace` milliseconds, cuts off the rest, and lets go of the port. Safe
   * to call twice.
   */
  close(grace?: number): Promise<void>
}

/**
 * Milliseconds in which a request must have come in: its headers, all of it with a file however slow the line is (who falls silent
 * is let go earlier by what receives files), and one to another program than the studio.
 */
const PATIENCE = { headers: 10_000, request: 60 * 60_000, other: 30_000 }
/** Milliseconds between two looks for connections over which nothing is asked any more. */
const TIDYING = 20

/** @throws SurfaceError with one line that names the setting, when the port cannot be listened on. */
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
      // The studio and the API limit their bodies themselves.
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
      // Browsers keep connections open for their next request, and open some before they have one; those Node does not call idle.
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
 * Gives a request that names all of its address the path alone, and the host that it names, which counts and not its header:
 * https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form
 * @returns whether it asks for a path at all.
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
