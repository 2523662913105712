import {
  Client,
  type CloseEvent,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
} from 'discord.js'
import type { Logger } from 'pino'
import { SurfaceError, UnreachableError } from '../surface.ts'
import { type Connection, watchConnection } from './connection.ts'
import { restOptions } from './rest.ts'

/** Milliseconds in which Discord has to report that the bot is ready. */
const PATIENCE = 60_000

export interface ClientOptions {
  token: string
  /** Ends in `/api`; Discord itself by default. */
  apiUrl: string | undefined
}

/**
 * Connects to Discord's gateway and waits until it is ready. Afterwards the client reconnects and resumes by itself.
 * @throws SurfaceError with one line if the token or the application's settings don't allow it.
 */
export async function connect(
  { token, apiUrl }: ClientOptions,
  log: Logger,
): Promise<{ client: Client<true>; connection: Connection }> {
  const client = new Client({
    // None of these needs approval: channels and threads, deletions of messages, and that there are new ones. Discord reveals their
    // content only if they mention the bot.
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // Direct-message channels and archived threads are only known from interactions, deleted messages only by id.
    partials: [Partials.Channel, Partials.Message],
    // What others write is none of our business, so it isn't cached either.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    allowedMentions: { parse: [] },
    rest: restOptions(apiUrl),
  })
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js failed'))
  client.on(Events.Warn, (warning) => log.warn(warning))
  client.rest.on('rateLimited', ({ route, timeToReset }) =>
    log.debug({ route, timeToReset }, 'waiting, as Discord asks'),
  )
  const connection = watchConnection(client, log)
  try {
    await ready(client, token)
  } catch (error) {
    connection.end()
    await client.destroy()
    throw refusal(error, apiUrl)
  }
  client.on(Events.ShardDisconnect, ({ code }) => log.error(lineFor(code)))
  if (!client.isReady()) throw new UnreachableError('Discord closed the connection right away.')
  return { client, connection }
}

function ready(client: Client, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new UnreachableError(`Discord did not answer within ${PATIENCE / 1000} seconds.`)),
      PATIENCE,
    )
    const end = (act: () => void) => {
      clearTimeout(timer)
      client.off(Events.ShardDisconnect, disconnected)
      act()
    }
    const disconnected = ({ code }: CloseEvent) => end(() => reject(new SurfaceError(lineFor(code))))
    client.on(Events.ShardDisconnect, disconnected)
    client.once(Events.ClientReady, () => end(resolve))
    client.login(token).catch((error: unknown) => end(() => reject(error)))
  })
}

function refusal(error: unknown, apiUrl: string | undefined): SurfaceError {
  if (error instanceof SurfaceError) return error
  const isToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid
  if (isToken || (error instanceof DiscordAPIError && error.status === 401))
    return new SurfaceError(lineFor(GatewayCloseCodes.AuthenticationFailed), { cause: error })
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
  const where = apiUrl === undefined ? 'Discord' : `Discord at DISCORD_API_URL (${apiUrl})`
  return new UnreachableError(`${where} cannot be reached: ${reason}`, { cause: error })
}

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
function lineFor(code: number): string {
  if (code === GatewayCloseCodes.AuthenticationFailed)
    return 'DISCORD_TOKEN is not a valid bot token: reset it on the Bot page of your application at https://discord.com/developers/applications and copy the new one.'
  if (code === GatewayCloseCodes.DisallowedIntents || code === GatewayCloseCodes.InvalidIntents)
    return 'Discord does not allow this bot to use the Guilds, Guild Messages and Direct Messages intents. Check the Bot page of your application.'
  return `Discord closed the connection and will not accept it again (code ${code}).`
}
