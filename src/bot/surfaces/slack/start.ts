import { App, HTTPReceiver, SocketModeReceiver, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Bot } from '../../handlers/request.ts'
import { type Surface, SurfaceError, UnreachableError } from '../surface.ts'
import { type HttpHost, openHttp } from '../web/http.ts'
import { createChannels } from './channels.ts'
import { createChat } from './chat.ts'
import { clientOptions, createClient, slackLogger } from './client.ts'
import { keepConnected } from './connection.ts'
import { isForeign, secondsToWait, slackCode } from './errors.ts'
import { SlackFiles } from './files.ts'
import { listen } from './interactions.ts'
import { missingScopes } from './manifest.ts'
import { createMembers } from './members.ts'
import { createPacing } from './pacing.ts'
import { createPeople } from './people.ts'
import { persist } from './persist.ts'
import { createReviewers } from './reviewers.ts'

export interface SlackSettings {
  botToken: string
  /** For Socket Mode, which takes precedence if both are set. */
  appToken?: string | null | undefined
  /** For HTTP. */
  signingSecret?: string | null | undefined
  /** An existing server, for HTTP; without it, the next two say where to listen. */
  http?: HttpHost | null
  /** 0 for any free port. */
  port: number
  /** The address to bind to: 127.0.0.1 by default, `0.0.0.0` for all. */
  host?: string
  /** Ends in `/api/`; Slack's own by default. */
  apiUrl?: string | null | undefined
}

/** Retries to reach Slack before the start fails; a person is waiting for it. */
const START_RETRIES = 2
/** Number of simultaneous Socket Mode connections; see `keepConnected`. */
const CONNECTIONS = 2

/** Connects to Slack. @throws SurfaceError if the configuration doesn't allow it. */
export async function startSlack(settings: SlackSettings, bot: Bot, log: Logger): Promise<Surface> {
  const apiUrl = settings.apiUrl ?? undefined
  const client = createClient(settings.botToken, apiUrl, log)
  const self = await whoAmI(client)
  const files = new SlackFiles(client, bot.core.store, log)
  const chat = createChat({ client, files, lanes: createPacing(), botName: self.name, log })
  const receivers = receiversOf(settings, log)
  const [first] = receivers
  const app = new App({
    receiver: first,
    // Every event comes from the token's workspace, so no authorisation has to be looked up.
    authorize: async () => ({ botToken: settings.botToken, botId: self.botId, botUserId: self.userId }),
    clientOptions: clientOptions(apiUrl, log),
    logger: slackLogger(log),
  })
  const people = createPeople(client, log)
  const channels = createChannels(client, log)
  const { name: botName, userId: botUserId, teamId } = self
  const work = listen(app, { client, files, chat, botName, botUserId, bot, people, channels, teamId })
  bot.threads.register(chat)
  bot.reviewers.register(chat.surface, createReviewers(client))
  bot.members.register(chat.surface, createMembers({ people, channels, teamId }, log))
  const { stop, downSince, note } = await connect(app, receivers, settings, log)
  let stopped: Promise<void> | undefined
  return {
    chat,
    notes: [`Slack: in ${self.team} as @${self.name}. ${note}`, ...scopeNotes(self.scopes)],
    downSince,
    async refuse() {
      await work.refuse()
    },
    // Bolt doesn't allow being stopped twice.
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

async function whoAmI(client: webApi.WebClient) {
  try {
    const answer = await persist(() => client.auth.test(), undefined, START_RETRIES)
    return {
      teamId: answer.team_id ?? '',
      team: answer.team ?? '',
      name: answer.user ?? 'rushes',
      userId: answer.user_id ?? '',
      botId: answer.bot_id ?? '',
      scopes: answer.response_metadata?.scopes,
    }
  } catch (error) {
    throw refusal(error, 'SLACK_BOT_TOKEN', 'the “Bot User OAuth Token” (xoxb-…)')
  }
}

type Receivers = [HTTPReceiver] | [SocketModeReceiver, ...SocketModeReceiver[]]

function receiversOf({ appToken, signingSecret, apiUrl }: SlackSettings, log: Logger): Receivers {
  if (appToken) {
    const receiver = () =>
      new SocketModeReceiver({
        appToken,
        logger: slackLogger(log),
        autoReconnectEnabled: false,
        installerOptions: { clientOptions: clientOptions(apiUrl ?? undefined, log) },
      })
    return [receiver(), ...Array.from({ length: CONNECTIONS - 1 }, receiver)]
  }
  if (!signingSecret)
    throw new SurfaceError('SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing.')
  return [new HTTPReceiver({ signingSecret, logger: slackLogger(log) })]
}

async function connect(
  app: App,
  receivers: Receivers,
  settings: SlackSettings,
  log: Logger,
): Promise<Pick<Surface, 'stop' | 'downSince'> & { note: string }> {
  const [first] = receivers
  if (first instanceof HTTPReceiver) return listenOn(first, app, settings, log)
  const sockets = receivers.filter((receiver) => receiver instanceof SocketModeReceiver)
  for (const receiver of sockets) receiver.init(app)
  try {
    const { stop, downSince } = await keepConnected(sockets, log, START_RETRIES)
    return { stop, downSince, note: 'Connected by Socket Mode.' }
  } catch (error) {
    throw refusal(error, 'SLACK_APP_TOKEN', 'an app-level token (xapp-…)')
  }
}

/** @throws SurfaceError if listening fails. */
async function listenOn(
  receiver: HTTPReceiver,
  app: App,
  { http, port, host = '127.0.0.1' }: SlackSettings,
  log: Logger,
): Promise<Pick<Surface, 'stop' | 'downSince'> & { note: string }> {
  receiver.init(app)
  const onError = (error: Error) => log.warn({ err: error }, 'the events of Slack cannot be listened to')
  const server = http ?? (await openHttp({ host, port }, onError))
  server.mount('/slack/', (request, response) => {
    try {
      receiver.requestListener(request, response)
    } catch {
      // Bolt throws for unknown addresses.
      response.writeHead(404).end()
    }
  })
  return {
    stop: async () => (http ? undefined : server.close()),
    downSince: () => null,
    note: `Listening for /slack/events on ${server.host}, port ${server.port}.`,
  }
}

/** https://docs.slack.dev/reference/methods/auth.test#errors, and those that indicate the wrong kind of token. */
const TOKEN_REFUSED = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'two_factor_setup_required',
])

/** One line that names the setting, never with a token in it. */
function refusal(cause: unknown, variable: string, takes: string): SurfaceError {
  const refused = (line: string) => new SurfaceError(line, { cause })
  const unreachable = (line: string) => new UnreachableError(line, { cause })
  if (secondsToWait(cause) !== undefined)
    return unreachable('Slack is not accepting more requests right now. Try again in a minute.')
  const code = slackCode(cause)
  if (code !== undefined && TOKEN_REFUSED.has(code))
    return refused(`${variable} is not accepted by Slack (${code}). It must be ${takes} of your app.`)
  if (code === 'too_many_websockets')
    return unreachable(
      'Slack allows ten connections per app (too_many_websockets). Stop other programs that use SLACK_APP_TOKEN.',
    )
  if (isForeign(cause))
    return unreachable(
      'Something other than Slack answered. Check your network, any proxy, and SLACK_API_URL.',
    )
  if (code !== undefined) return refused(`Slack refused the connection (${code}).`)
  const reason = cause instanceof webApi.WebAPIRequestError ? causeOf(cause.original) : causeOf(cause)
  return unreachable(`Slack cannot be reached: ${reason}. Check the network and SLACK_API_URL.`)
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection was closed'
  return error.cause instanceof Error ? error.cause.message || error.message : error.message
}

/** A line if permissions are missing, such as those added in a newer version. */
function scopeNotes(granted: string[] | undefined): string[] {
  const missing = missingScopes(granted)
  return missing === null ? [] : [`Slack: ${missing}`]
}
