import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { Delivery } from './deliver.ts'
import type { World } from './world.ts'

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface Sockets {
  /** Connections that said hello and are still open. */
  count(): number
  /** The total number of connections so far, including closed ones. */
  opened(): number
  /** A new address for apps.connections.open; it can be used once. */
  ticket(): string | undefined
  send(delivery: Delivery): void
  /**
   * Asks the oldest connection to make way, as Slack does every few hours, and closes it after `overlapMs` (10 s by default),
   * until which it keeps working. With reason `warning` nothing is closed.
   */
  recycle(options?: { reason?: 'refresh_requested' | 'warning' | 'link_disabled'; overlapMs?: number }): void
  /** Cuts every connection without warning. */
  drop(): void
  /** Makes every connection half-open: it still accepts data but no longer answers, not even pings. */
  freeze(): void
  /** Refuses new connections until called with false. */
  refuse(refusing: boolean): void
  /** Accepts new connections and pings them, but sends nothing else. */
  silence(silent: boolean): void
  close(): Promise<void>
}

interface Connection {
  ws: WebSocket
  draining: boolean
  frozen: boolean
  pending: Map<string, Delivery>
}

export function createSockets(world: World, server: Server): Sockets {
  const wss = new WebSocketServer({ noServer: true, autoPong: false })
  const tickets = new Set<string>()
  const connections: Connection[] = []
  const sent = new Map<string, Delivery>()
  let waiting: Delivery[] = []
  let opened = 0
  let refusing = false
  let silent = false

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://x').searchParams.get('ticket') ?? ''
    if (refusing || !tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      return
    }
    wss.handleUpgrade(request, socket, head, accept)
  })

  function accept(ws: WebSocket): void {
    const connection: Connection = { ws, draining: false, frozen: false, pending: new Map() }
    const pings = setInterval(() => !connection.frozen && ws.ping(), 5_000).unref()
    ws.on('ping', (data) => !connection.frozen && ws.pong(data))
    ws.on('message', (data) => !connection.frozen && receive(connection, data.toString()))
    ws.on('error', () => ws.terminate())
    if (silent) return void ws.on('close', () => clearInterval(pings))
    ws.on('close', () => {
      clearInterval(pings)
      connections.splice(connections.indexOf(connection), 1)
      for (const delivery of connection.pending.values()) again(delivery)
      world.signal.changed()
    })
    const { maxSockets, whenFull, warnsAtHello } = world.settings
    const surplus = whenFull === 'close_oldest' ? Math.max(0, connections.length + 1 - maxSockets) : 0
    for (const old of connections.slice(0, surplus)) old.ws.close(1000)
    connections.push(connection)
    opened += 1
    ws.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.length,
        debug_info: { host: 'applink-0', build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: world.app.id },
      }),
    )
    if (warnsAtHello) ws.send(JSON.stringify({ type: 'disconnect', reason: 'warning' }))
    const late = waiting
    waiting = []
    for (const delivery of late) if (!delivery.done) send(delivery)
    world.signal.changed()
  }

  function receive(connection: Connection, text: string): void {
    const parsed = acknowledgement.safeParse(parseJson(text))
    const delivery = parsed.success ? sent.get(parsed.data.envelope_id) : undefined
    if (!parsed.success || delivery === undefined) {
      world.problems.push(`A socket message that acknowledges nothing: ${text.slice(0, 200)}`)
      return
    }
    connection.pending.delete(delivery.envelopeId)
    delivery.acknowledge(parsed.data.payload ?? {})
  }

  function send(delivery: Delivery): void {
    const open = connections.filter((c) => c.ws.readyState === c.ws.OPEN)
    const connection = open.filter((c) => !c.draining).at(-1) ?? open.at(-1)
    if (connection === undefined) {
      if (world.settings.whenOffline === 'wait' || delivery.attempt > 0) waiting.push(delivery)
      else delivery.fail('dispatch_failed')
      return
    }
    connection.pending.set(delivery.envelopeId, delivery)
    sent.set(delivery.envelopeId, delivery)
    if (connection.frozen) return
    connection.ws.send(
      JSON.stringify({
        envelope_id: delivery.envelopeId,
        type: delivery.type,
        accepts_response_payload: delivery.type !== 'events_api',
        payload: delivery.payload,
        ...(delivery.attempt > 0 ? { retry_attempt: delivery.attempt, retry_reason: delivery.reason } : {}),
      }),
    )
  }

  /** Resends over another connection what one took but never acknowledged, or keeps it until there is one. */
  function again(delivery: Delivery): void {
    if (delivery.done) return
    delivery.attempt += 1
    delivery.reason = 'connection_failed'
    send(delivery)
  }

  const cut = () => {
    for (const { ws } of [...connections]) ws.terminate()
  }
  return {
    count: () => connections.filter((c) => c.ws.readyState === c.ws.OPEN).length,
    opened: () => opened,
    ticket() {
      const { maxSockets, whenFull } = world.settings
      if (connections.length >= maxSockets && whenFull === 'refuse') return undefined
      const ticket = randomUUID()
      tickets.add(ticket)
      return `${world.baseUrl.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${world.app.id}`
    },
    send,
    recycle({ reason = 'refresh_requested', overlapMs = 10_000 } = {}) {
      const oldest = connections.find((c) => !c.draining)
      if (oldest === undefined) throw new Error('There is no connection to recycle.')
      oldest.ws.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-0' } }))
      if (reason === 'warning') return
      oldest.draining = true
      const closing = setTimeout(() => oldest.ws.close(1000), overlapMs)
      closing.unref()
      oldest.ws.on('close', () => clearTimeout(closing))
    },
    drop: cut,
    freeze() {
      for (const connection of connections) connection.frozen = true
    },
    refuse(value) {
      refusing = value
    },
    silence(value) {
      silent = value
    },
    close() {
      cut()
      return new Promise((resolve) => wss.close(() => resolve()))
    },
  }
}

const acknowledgement = z.strictObject({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).optional(),
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
