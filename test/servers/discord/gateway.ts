import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { GatewayIntentBits, GatewayOpcodes } from 'discord.js'
import { type WebSocket, WebSocketServer } from 'ws'
import { isObject } from './checks/form-errors.ts'
import type { Json } from './types.ts'
import { guildCreateToWire, userToWire } from './wire.ts'
import type { World } from './world.ts'

/** https://discord.com/developers/docs/events/gateway#privileged-intents */
const PRIVILEGED =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
)

interface Session {
  id: string
  intents: number
  sequence: number
  /** The dispatched events, to be replayed on resume. */
  log: { s: number; frame: string }[]
  socket: WebSocket | null
}

export interface Gateway {
  /** The number of the bot's connections that are open and identified or resumed. */
  readonly connected: number
  /** How often a session was newly started, and how often one was resumed. */
  readonly identified: number
  readonly resumed: number
  /** Cuts every connection without a close frame, as a network failure does. Sessions stay and can be resumed. */
  drop(): void
  /** Asks the bot to reconnect and resume (op 7). */
  reconnect(): void
  /** Closes every connection with a code: 4004, 4009 (session timed out), 4014 … */
  close(code: number, reason?: string): void
  /** Tells the bot that its session is invalid (op 9). */
  invalidate(resumable: boolean): void
  /** Forgets every session, so that the next resume is answered with op 9 false. */
  forgetSessions(): void
  /** False: heartbeats are no longer answered, until the bot considers the connection dead. */
  acknowledgeHeartbeats: boolean
  /** False: new connections are refused during the handshake (503). */
  acceptConnections: boolean
  stop(): void
}

export function createGateway(world: World, server: Server, heartbeatInterval: number): Gateway {
  const sockets = new WebSocketServer({ noServer: true })
  const sessions = new Map<string, Session>()
  const counts = { connections: 0, identified: 0, resumed: 0 }

  const gateway: Gateway = {
    get connected() {
      return [...sessions.values()].filter(
        ({ socket }) => socket !== null && socket.readyState === socket.OPEN,
      ).length
    },
    get identified() {
      return counts.identified
    },
    get resumed() {
      return counts.resumed
    },
    drop: () => {
      for (const client of sockets.clients) client.terminate()
    },
    reconnect: () => broadcast({ op: GatewayOpcodes.Reconnect, d: null }),
    close: (code, reason) => {
      for (const client of sockets.clients) client.close(code, reason)
    },
    invalidate: (resumable) => {
      if (!resumable) sessions.clear()
      broadcast({ op: GatewayOpcodes.InvalidSession, d: resumable })
    },
    forgetSessions: () => sessions.clear(),
    acknowledgeHeartbeats: true,
    acceptConnections: true,
    stop: () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }

  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (!gateway.acceptConnections || !url.pathname.startsWith('/gateway')) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      if (url.searchParams.get('v') !== '10') client.close(4012, 'Invalid API version.')
      else if (url.searchParams.has('compress')) client.close(4002, 'This server does not compress.')
      else serve(client, ++counts.connections)
    })
  })

  world.dispatch = (event, data) => {
    for (const session of sessions.values()) {
      const shown = filter(event, data as Json, session.intents, world.bot.id)
      if (shown !== null) dispatchTo(session, event, shown)
    }
  }

  return gateway

  function serve(socket: WebSocket, connection: number): void {
    let session: Session | null = null
    const record = (direction: 'sent' | 'received' | 'opened' | 'closed', payload: Json) => {
      world.gateway.push({
        direction,
        connection,
        op: typeof payload.op === 'number' ? payload.op : null,
        event: typeof payload.t === 'string' ? payload.t : null,
        data: payload.d ?? null,
        at: world.clock.now(),
      })
      world.changed()
    }
    const send = (payload: Json) => {
      record('sent', payload)
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload))
    }
    record('opened', {})
    send({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: heartbeatInterval } })

    socket.on('error', () => socket.terminate())
    socket.on('close', (code) => {
      // A bot that closes with 1000 or 1001 ends its session; with other codes it may resume it.
      if (session !== null && (code === 1000 || code === 1001)) sessions.delete(session.id)
      if (session?.socket === socket) session.socket = null
      record('closed', { d: code })
    })
    socket.on('message', (raw) => {
      const payload = parse(String(raw))
      if (payload === null) return socket.close(4002, 'Error while decoding payload.')
      record('received', payload)
      const data = isObject(payload.d) ? payload.d : {}
      switch (payload.op) {
        case GatewayOpcodes.Heartbeat:
          if (gateway.acknowledgeHeartbeats) send({ op: GatewayOpcodes.HeartbeatAck })
          return
        case GatewayOpcodes.Identify:
          if (session !== null) return socket.close(4005, 'Already authenticated.')
          session = identify(socket, data)
          return
        case GatewayOpcodes.Resume:
          if (session !== null) return socket.close(4005, 'Already authenticated.')
          session = resume(socket, data, send)
          return
        case GatewayOpcodes.PresenceUpdate:
        case GatewayOpcodes.VoiceStateUpdate:
        case GatewayOpcodes.RequestGuildMembers:
        case GatewayOpcodes.RequestSoundboardSounds:
          if (session === null) socket.close(4003, 'Not authenticated.')
          return
        default:
          socket.close(4001, 'Unknown opcode.')
      }
    })
  }

  function identify(socket: WebSocket, data: Json): Session | null {
    const intents = data.intents
    if (data.token !== world.token) {
      socket.close(4004, 'Authentication failed.')
      return null
    }
    if (typeof intents !== 'number' || (intents & ~ALL_INTENTS) !== 0) {
      socket.close(4013, 'Invalid intent(s).')
      return null
    }
    if ((intents & PRIVILEGED & ~world.privilegedIntents) !== 0) {
      socket.close(4014, 'Disallowed intent(s).')
      return null
    }
    const session: Session = { id: randomBytes(16).toString('hex'), intents, sequence: 0, log: [], socket }
    sessions.set(session.id, session)
    counts.identified++
    const guilds = [...world.guilds.values()]
    dispatchTo(session, 'READY', {
      v: 10,
      user: { ...userToWire(world.bot), verified: true, mfa_enabled: false, email: null, flags: 0 },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: `${world.origin.replace('http', 'ws')}/gateway-resume`,
      shard: data.shard ?? [0, 1],
      application: { id: world.bot.id, flags: 0 },
      private_channels: [],
      relationships: [],
      presences: [],
    })
    if ((intents & GatewayIntentBits.Guilds) !== 0) {
      for (const guild of guilds) dispatchTo(session, 'GUILD_CREATE', guildCreateToWire(world, guild))
    }
    return session
  }

  function resume(socket: WebSocket, data: Json, send: (payload: Json) => void): Session | null {
    if (data.token !== world.token) {
      socket.close(4004, 'Authentication failed.')
      return null
    }
    const session = sessions.get(String(data.session_id))
    if (session === undefined) {
      send({ op: GatewayOpcodes.InvalidSession, d: false })
      return null
    }
    const from = Number(data.seq)
    if (!Number.isInteger(from) || from > session.sequence) {
      socket.close(4007, 'Invalid seq.')
      return null
    }
    session.socket?.terminate()
    session.socket = socket
    counts.resumed++
    for (const { s, frame } of session.log) if (s > from) socket.send(frame)
    dispatchTo(session, 'RESUMED', {})
    return session
  }

  function dispatchTo(session: Session, event: string, data: object): void {
    const payload = { op: GatewayOpcodes.Dispatch, t: event, s: ++session.sequence, d: data }
    const frame = JSON.stringify(payload)
    session.log.push({ s: session.sequence, frame })
    if (session.log.length > 2000) session.log.shift()
    world.gateway.push({
      direction: 'sent',
      connection: counts.connections,
      op: 0,
      event,
      data,
      at: world.clock.now(),
    })
    if (session.socket?.readyState === session.socket?.OPEN) session.socket?.send(frame)
    world.changed()
  }

  function broadcast(payload: { op: number; d: unknown }): void {
    const { op, d: data } = payload
    const at = world.clock.now()
    world.gateway.push({ direction: 'sent', connection: counts.connections, op, event: null, data, at })
    for (const client of sockets.clients) client.send(JSON.stringify(payload))
  }
}

function parse(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/**
 * The part of an event that these intents let through, or null.
 * https://discord.com/developers/docs/events/gateway#list-of-intents
 */
function filter(event: string, data: Json, intents: number, botId: string): object | null {
  if (event === 'INTERACTION_CREATE') return data
  const inGuild = data.guild_id !== undefined
  if (event.startsWith('MESSAGE_')) {
    const needed = inGuild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages
    if ((intents & needed) === 0) return null
    const author = isObject(data.author) ? data.author.id : undefined
    const hidden =
      inGuild &&
      author !== undefined &&
      author !== botId &&
      (intents & GatewayIntentBits.MessageContent) === 0
    // Mentioned people include those pinged by a reply; a role doesn't count, not even the bot's own.
    const mentioned = Array.isArray(data.mentions) ? data.mentions : []
    if (!hidden || mentioned.some((user) => isObject(user) && user.id === botId)) return data
    return { ...data, content: '', embeds: [], attachments: [], components: [] }
  }
  // Channels of direct messages are sent without any intent.
  if (!inGuild && event.startsWith('CHANNEL_')) return data
  return (intents & GatewayIntentBits.Guilds) === 0 ? null : data
}
