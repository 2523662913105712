import { setTimeout as sleep } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'
import type { Logger } from 'pino'
import { persist } from './persist.ts'

/** Milliseconds before a failed connection is reopened; doubled each time, up to the maximum. */
const BACKOFF = { first: 500, longest: 30_000 }
/** Minimum lifetime of a connection in milliseconds. One that ends sooner counts as failed and isn't reopened immediately. */
const SHORT_LIFE = 10_000
/** If another connection ends within this many milliseconds after one has opened, the new one is taken to be the cause. */
const PUSHED_OUT = 2000
/** How often a connection may be pushed out before it gives way for good. */
const GIVES_WAY = 2
/** Milliseconds that a connection is given to close. */
const CLOSING = 2000
/** Milliseconds in which Slack must greet a connection, which normally takes less than a second. */
const HELLO = 15_000

/** Socket Mode connections that are reopened whenever they end. */
export interface Sockets {
  /** Since when none of them has been open; null while one is. */
  downSince(): Date | null
  stop(): Promise<void>
}

interface Socket {
  /** When Slack greeted the currently open connection; null if none is open. */
  openSince: number | null
  /** When the last open connection ended; null before any has. */
  endedAt: Date | null
  /** True if Slack announced that it will close this connection, which it does in order to replace it. */
  isReplaced: boolean
  open(): Promise<void>
  /** Settles when the most recently opened connection has ended. */
  ended(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a connection for each receiver, and a new one whenever it ends. Slack replaces every connection after a few hours:
 * it announces this, and its client closes the old one before opening the next (the client's own reconnecting even waits
 * five seconds in between, so it is switched off). Therefore two connections are kept: while one is being replaced, Slack
 * sends to the other, and nothing is missed. This costs a second socket, out of the ten that an app may have. Only the
 * first has to open: if no more are allowed, or if a new one closes the old one, the bot works with a single one.
 * @param firstTries how often the first connection is retried if Slack is unreachable or asks to wait.
 * @throws the error that prevented the first connection.
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

/** Keeps reopening a socket until the end, or until another one turns out to take its place. */
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
    // If all connections broke at once, the other one is gone by now, too.
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
        // It may still be open, and Slack might ping it indefinitely.
        if (error === late) void client.disconnect().catch(() => undefined)
        // Slack's client gives no reason if the connection ends while opening.
        throw error ?? new Error('the connection was closed')
      } finally {
        isOpening = false
      }
      // It was stopped while connecting.
      if (stop.aborted) await client.disconnect()
    },
    ended: () => end.promise,
    async close() {
      if (socket.openSince === null && !isOpening) return
      const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()))
      // The client's own promise never settles if the other side doesn't answer the close.
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
    // This also happens for connections that couldn't be opened.
    if (socket.openSince !== null) socket.endedAt = new Date()
    socket.openSince = null
    end.resolve()
  })
  return socket
}
