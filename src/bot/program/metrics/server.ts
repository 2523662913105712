import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import { isNodeError } from '../../../core/model/failure.ts'

/** Listening on the port failed; `message` is one line that names the setting. */
export class MetricsError extends Error {}

export interface MetricsServer {
  port: number
  /** Releases the port, even while clients are connected. Safe to call twice. */
  close(): Promise<void>
}

export interface MetricsOptions {
  host: string
  /** 0 for any free port. */
  port: number
  registry: Registry
  /** One line about what keeps the program from working, or null. */
  health: () => Promise<string | null>
  /** Called for errors of the server after it has started listening. */
  onError: (error: Error) => void
}

/**
 * Serves `GET /healthz` (200 `ok`, or 503 with the problem) and `GET /metrics` for Prometheus.
 * @throws MetricsError
 */
export async function serveMetrics(options: MetricsOptions): Promise<MetricsServer> {
  const { host, port, registry, health, onError } = options
  const pages: Record<string, () => Promise<{ status: number; type: string; body: string }>> = {
    '/healthz': async () => {
      const trouble = await health()
      return { status: trouble === null ? 200 : 503, type: 'text/plain', body: `${trouble ?? 'ok'}\n` }
    },
    '/metrics': async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
  }
  const server = createServer(async (request, response) => {
    const page = pages[(request.url ?? '').split('?')[0] ?? '']
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const { status, type, body } = !page
      ? { status: 404, type: 'text/plain', body: 'Try /healthz or /metrics.\n' }
      : !isRead
        ? { status: 405, type: 'text/plain', body: 'Only GET.\n' }
        : await page().catch(() => ({ status: 500, type: 'text/plain', body: 'not now\n' }))
    response.writeHead(status, { 'content-type': type }).end(request.method === 'HEAD' ? undefined : body)
  })
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw refusal(host, port, cause)
  }
  server.on('error', onError)
  const { port: taken } = server.address() as AddressInfo
  return {
    port: taken,
    async close() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function refusal(host: string, port: number, cause: unknown): MetricsError {
  const code = isNodeError(cause) ? cause.code : undefined
  const reasons: Record<string, string> = {
    EADDRINUSE: `METRICS_PORT ${port} on ${host} is in use by another program. Set METRICS_PORT to a free port.`,
    EACCES: `Rushes is not allowed to listen on METRICS_PORT ${port}. Set METRICS_PORT to a port above 1023.`,
    EADDRNOTAVAIL: `METRICS_HOST ${host} is not an address of this machine.`,
    ENOTFOUND: `METRICS_HOST ${host} is not an address of this machine.`,
  }
  return new MetricsError(
    reasons[code ?? ''] ?? `Rushes cannot listen on METRICS_PORT ${port} on ${host} (${code ?? cause}).`,
    { cause },
  )
}
