import { setTimeout as sleep } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'
import type { Logger } from 'pino'

/** Milliseconds before the first repeated try to connect; doubled each time up to the longest. */
const BACKOFF = { first: 500, longest: 30_000 }
/** Milliseconds that a connection gets to close. */
const CLOSING = 2000

/** Connections of Socket Mode that are opened again whenever they end. */
export interface Sockets {
  /** Since when none of them is open; null while one is. */
  downSince(): Date | null
  stop(): Promise<void>
}

/**
 * Opens a connection for each receiver, and another one the moment it ends. Slack replaces every connection after some
 * hours: it says so, and its client closes the old one before it opens the next (with the client's own reconnecting it even
 * waits five seconds in between, so that is switched off). Two connections are therefore kept: while one is replaced Slack
 * sends to the other, and nothing is missed. It costs a second open socket, of the ten that an app may have.
 * @throws what kept the first connections from opening.
 */
export async function keepConnected(receivers: SocketModeReceiver[], log: Logger): Promise<Sockets> {
  const stop = new AbortController()
  const sockets = receivers.map((receiver) => keepOne(receiver, log, stop.signal))
  try {
    for (const { open } of sockets) await open()
  } catch (error) {
    await stopAll()
    throw error
  }
  async function stopAll(): Promise<void> {
    stop.abort()
    await Promise.all(sockets.map(({ close }) => close()))
  }
  return {
    downSince() {
      const ends = sockets.map(({ downSince }) => downSince())
      // The last one to end.
      return ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0)))
    },
    stop: stopAll,
  }
}

function keepOne({ client }: SocketModeReceiver, log: Logger, stop: AbortSignal) {
  let isOpening = false
  let isOpen = false
  let downSince: Date | null = null

  async function open(): Promise<void> {
    isOpening = true
    try {
      await client.start()
      isOpen = true
      downSince = null
    } finally {
      isOpening = false
    }
    // It was told to stop while it connected.
    if (stop.aborted) await client.disconnect()
  }

  async function reopen(): Promise<void> {
    for (let wait = BACKOFF.first; !stop.aborted; wait = Math.min(BACKOFF.longest, wait * 2)) {
      try {
        return await open()
      } catch (error) {
        if (stop.aborted) return
        log.warn({ err: error, seconds: wait / 1000 }, 'Slack cannot be reached; another try follows')
        await sleep(wait, undefined, { signal: stop }).catch(() => undefined)
      }
    }
  }

  client.on('disconnected', () => {
    isOpen = false
    downSince ??= new Date()
    // A connection that ends while it opens rejects `start`, and whoever called that goes on.
    if (!isOpening && !stop.aborted) void reopen()
  })

  return {
    open,
    downSince: () => downSince,
    async close() {
      if (!isOpen && !isOpening) return
      const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()))
      // Its own promise never settles when the other side does not answer the closing.
      void client.disconnect().catch(() => undefined)
      await Promise.race([closed, sleep(CLOSING, undefined, { ref: false })])
    },
  }
}
