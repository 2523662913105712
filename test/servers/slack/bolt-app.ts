import { Server } from 'node:http'
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt'
import type { Slack } from './index.ts'

export interface BoltOptions {
  /** Slack over HTTP instead of Socket Mode. */
  http?: boolean
  clientPingTimeout?: number
  /** How many connections are open in parallel. */
  sockets?: number
}

export interface BoltApp {
  app: App
  /** What Bolt logged at warning or above. */
  log: string[]
  stop(): Promise<void>
}

/** A real Bolt app connected to this Slack, with listeners that `register` adds before it starts. */
export async function startBolt(
  slack: Slack,
  register: (app: App) => void,
  { http = false, clientPingTimeout = 5_000, sockets = 1 }: BoltOptions = {},
): Promise<BoltApp> {
  const log: string[] = []
  const logger = quiet(log)
  const clientOptions = () => ({ slackApiUrl: slack.apiUrl, retryConfig: { retries: 3, minTimeout: 10 } })
  const socketReceiver = () =>
    new SocketModeReceiver({
      appToken: slack.appToken,
      logger,
      clientPingTimeout,
      installerOptions: { clientOptions: clientOptions() },
    })
  const extra = http ? [] : Array.from({ length: sockets - 1 }, socketReceiver)
  const app = new App({
    token: slack.botToken,
    logger,
    clientOptions: clientOptions(),
    receiver: http ? new HTTPReceiver({ signingSecret: slack.signingSecret, logger }) : socketReceiver(),
  })
  register(app)
  const started: unknown = await app.start({ port: 0, host: '127.0.0.1' })
  for (const receiver of extra) {
    receiver.init(app)
    await receiver.start()
  }
  if (started instanceof Server) {
    const address = started.address()
    if (address === null || typeof address === 'string') throw new Error('Bolt listens on no port.')
    slack.useHttp(`http://127.0.0.1:${address.port}/slack/events`)
  }
  return {
    app,
    log,
    async stop() {
      await Promise.all([app.stop(), ...extra.map((receiver) => receiver.stop())])
    },
  }
}

function quiet(log: string[]): Logger {
  const keep = (...words: unknown[]) => void log.push(words.map(String).join(' '))
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: keep,
    error: keep,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
