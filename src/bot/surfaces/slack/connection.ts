import { setTimeout as sleep } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'
import type { Logger } from 'pino'
import { persist } from './persist.ts'

/** Milliseconds before a connection that failed is opened again; doubled each time up to the longest. */
const BACKOFF = { first: 500, longest: 30_000 }
/** Milliseconds that a connection lives at least. One that ends sooner counts as failed, and is not opened again at once. */
const SHORT_LIFE = 10_000
/** Milliseconds after one connection has opened in which the end of another is taken for its doing. */
const PUSHED_OUT = 2000
/** Times that a connection is pushed out before it gives way for good. */
const GIVES_WAY = 2
/** Milliseconds that a connection gets to close. */
const CLOSING = 2000
/** Milliseconds in which Slack must have said hello to a connection; it does so within one second. */
const HELLO = 15_000

/** Connections of Socket Mode that are opened again whenever they end. */
export interface Sockets {
  /** Since when none of them is open; null while one is. */
  downSince(): Date | null
  stop(): Promise<void>
}

interface Socket {
  /** When Slack said hello to the connection that is open now; null while none is. */
  openSince: number | null
  /** When the connection ended that was open last; null before the first one did. */
  endedAt: Date | null
  /** True when Slack said beforehand that it ends this connection, as it does to replace it. */
  isReplaced: boolean
  open(): Promise<void>
  /** Settles when the connection that was opened last has ended. */
  ended(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a connection for each receiver, and another one when it ends. Slack replaces every connection after some
 * hours: it says so, and its client closes the old one before it opens the next (with the client's own reconnecting it even
 * waits five seconds in between, so that is switched off). Two connections are therefore kept: while one is replaced Slack
 * sends to the other, and nothing is missed. It costs a second open socket, of the ten that an app may have. Only the first
 * has to open: where no more are let in, or a new one ends the old, the bot works with one.
 * @param firstTries how often the first connection is tried again when Slack is away or asks to wait.
 * @throws what kept the first connection from opening.
 */
export async function keepConnected(
  receivers: SocketModeReceiver[],
  log: Logger,
  firstTries: number,
): Promise<Sockets> {
  const stop = new AbortController()
  const sockets = receivers.map((receiver) => createSocket(receiver, stop.signal))
  const [first, ...others] = sockets
  async function stopAll(): Promise<void> {
    stop.abort()
    await Promise.all(sockets.map(({ close }) => close()))
  }
  if (first) {
    const opening = persist(first.open, undefined, firstTries)
    try {
      await opening
    } catch (error) {
      await stopAll()
      throw error
    }
    void keepOpen(first, opening, sockets, log, stop.signal)
  }
  for (const other of others) void keepOpen(other, other.open(), sockets, log, stop.signal)
  return { downSince: () => downSince(sockets), stop: stopAll }
}

function downSince(sockets: Socket[]): Date | null {
  if (sockets.some(({ openSince }) => openSince !== null)) return null
  const ends = sockets.flatMap(({ endedAt }) => endedAt ?? [])
  return ends.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null
}

/** Opens a socket again and again until the end, or until it turns out that another one takes its place. */
async function keepOpen(
  socket: Socket,
  first: Promise<void>,
  all: Socket[],
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  let opening = first
  let wait = 0
  let pushedOut = 0
  while (!stop.aborted) {
    let livedFor = 0
    let rival: Socket | undefined
    try {
      await opening
      const since = performance.now()
      await socket.ended()
      livedFor = performance.now() - since
      if (!socket.isReplaced) rival = all.find((other) => openedWithin(other, PUSHED_OUT))
    } catch (error) {
      if (stop.aborted) return
      log.warn({ err: error }, 'could not open a connection to Slack; trying again')
    }
    wait = livedFor < SHORT_LIFE ? Math.min(BACKOFF.longest, wait * 2 || BACKOFF.first) : 0
    const rivalSince = rival?.openSince
    await sleep(wait, undefined, { signal: stop }).catch(() => undefined)
    // Where all connections broke at once, the other one is gone by now as well.
    const isRivalThere = rival !== undefined && rival.openSince === rivalSince
    pushedOut = livedFor < SHORT_LIFE && isRivalThere ? pushedOut + 1 : 0
    if (pushedOut >= GIVES_WAY)
      return log.warn('Slack closes a connection whenever another one opens, so only one is kept')
    if (!stop.aborted) opening = socket.open()
  }
}

function openedWithin({ openSince }: Socket, milliseconds: number): boolean {
  return openSince !== null && performance.now() - openSince < milliseconds
}

function createSocket({ client }: SocketModeReceiver, stop: AbortSignal): Socket {
  let end = Promise.withResolvers<void>()
  let isOpening = false

  const socket: Socket = {
    openSince: null,
    endedAt: null,
    isReplaced: false,
    async open() {
      end = Promise.withResolvers()
      socket.isReplaced = false
      isOpening = true
      const late = new Error(`Slack has not said hello for ${HELLO / 1000} s`)
      try {
        await Promise.race([
          client.start(),
          sleep(HELLO, undefined, { ref: false }).then(() => Promise.reject(late)),
        ])
      } catch (error) {
        // It may still be open, and Slack may ping it for ever.
        if (error === late) void client.disconnect().catch(() => undefined)
        // Slack's client gives no reason when the connection ends while it opens.
        throw error ?? new Error('the connection was closed')
      } finally {
        isOpening = false
      }
      // It was told to stop while it connected.
      if (stop.aborted) await client.disconnect()
    },
    ended: () => end.promise,
    async close() {
      if (socket.openSince === null && !isOpening) return
      const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()))
      // Its own promise never settles when the other side does not answer the closing.
      void client.disconnect().catch(() => undefined)
      await Promise.race([closed, sleep(CLOSING, undefined, { ref: false })])
    },
  }
  client.on('connected', () => {
    socket.openSince = performance.now()
  })
  client.on('ws_message', (message: unknown) => {
    socket.isReplaced ||= /^\s*{[^{]*"type":\s*"disconnect"/.test(String(message))
  })
  client.on('disconnected', () => {
    // It is said of a connection that could not be opened as well.
    if (socket.openSince !== null) socket.endedAt = new Date()
    socket.openSince = null
    end.resolve()
  })
  return socket
}
