import { type Client, Events } from 'discord.js'
import type { Logger } from 'pino'

/** The state of the gateway connection. */
export interface Connection {
  /** Since when it has been down; null while it is up. */
  downSince(): Date | null
  /** Stops logging, because the connection is now closed on purpose. */
  end(): void
}

/** Logs changes of the connection, and remembers since when it has been down. */
export function watchConnection(client: Client, log: Logger): Connection {
  let downSince: Date | null = null
  const down = () => {
    downSince ??= new Date()
  }
  const failed = (error: Error) => log.warn({ err: error }, 'the connection to Discord failed')
  const again = () => {
    down()
    log.info('connecting to Discord again')
  }
  const up = () => {
    if (downSince !== null) log.info('connected to Discord again')
    downSince = null
  }
  client.on(Events.ShardError, failed)
  client.on(Events.ShardReconnecting, again)
  client.on(Events.ShardDisconnect, down)
  client.on(Events.ShardResume, up)
  client.on(Events.ShardReady, up)
  return {
    downSince: () => downSince,
    end() {
      client.off(Events.ShardError, failed)
      client.off(Events.ShardReconnecting, again)
    },
  }
}
