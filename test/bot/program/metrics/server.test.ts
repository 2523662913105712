import { once } from 'node:events'
import { Agent, get, request } from 'node:http'
import { connect } from 'node:net'
import { Registry } from 'prom-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  MetricsError,
  type MetricsOptions,
  serveMetrics,
} from '../../../../src/bot/program/metrics/server.ts'

async function serve(options: Partial<MetricsOptions> = {}) {
  const server = await serveMetrics({
    host: '127.0.0.1',
    port: 0,
    registry: new Registry(),
    health: async () => null,
    onError: () => {},
    ...options,
  })
  onTestFinished(() => server.close())
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}

describe('the server of metrics', () => {
  it('says whether the program works, and what is wrong', async () => {
    let trouble: string | null = null
    const { url } = await serve({ health: async () => trouble })
    const well = await fetch(`${url}/healthz`)
    expect([well.status, await well.text()]).toEqual([200, 'ok\n'])
    trouble = 'the database cannot be read'
    const unwell = await fetch(`${url}/healthz?verbose=1`)
    expect([unwell.status, await unwell.text()]).toEqual([503, 'the database cannot be read\n'])
  })

  it('answers GET and HEAD on its two pages, and nothing else', async () => {
    const { url } = await serve()
    const metrics = await fetch(`${url}/metrics`)
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('version=0.0.4'),
    ])
    const head = await fetch(`${url}/healthz`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await fetch(`${url}/`)).status).toBe(404)
    expect((await fetch(`${url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405)
  })

  it('answers 500 when the metrics cannot be read, and goes on', async () => {
    const registry = new Registry()
    registry.metrics = async () => {
      throw new Error('no')
    }
    const { url } = await serve({ registry })
    expect((await fetch(`${url}/metrics`)).status).toBe(500)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('says in one line that a port is taken, or an address is not this machine’s', async () => {
    const { port } = await serve()
    const refusal = (options: Partial<MetricsOptions>) => serve(options).catch((error: unknown) => error)
    const taken = await refusal({ port })
    expect(taken).toBeInstanceOf(MetricsError)
    expect(String(taken)).toMatch(new RegExp(`METRICS_PORT ${port} on 127.0.0.1 is in use.*$`))
    const foreign = await refusal({ host: '192.0.2.1' })
    expect(foreign).toBeInstanceOf(MetricsError)
    expect(String(foreign)).toMatch(/METRICS_HOST 192\.0\.2\.1 is not an address of this machine\.$/)
  })

  it('lets go of its port at once, with a connection that somebody keeps open', async () => {
    const server = await serve()
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    const [response] = await once(get(`${server.url}/healthz`, { agent }), 'response')
    await once(response.resume(), 'end')
    // Another connection, with an incomplete request.
    const half = request(`${server.url}/metrics`, { method: 'GET', agent })
    half.on('error', () => {})
    half.write('')
    const idle = connect(server.port, '127.0.0.1')
    idle.on('error', () => {})
    await once(idle, 'connect')
    await server.close()
    await (await serve({ port: server.port })).close()
  })
})
