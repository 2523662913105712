import { Client, type ClientOptions, DiscordAPIError, GatewayIntentBits, type Interaction } from 'discord.js'
import { type Discord, type DiscordOptions, startDiscord } from './discord/start.ts'

export interface Running extends AsyncDisposable {
  discord: Discord
  client: Client<true>
  /** Errors thrown by handlers. */
  errors: unknown[]
}

/** The loopback Discord with the real client logged in to it. */
export async function runClient(
  handle: (interaction: Interaction) => Promise<unknown> = async () => undefined,
  options: DiscordOptions & { client?: Partial<ClientOptions> } = {},
): Promise<Running> {
  const discord = await startDiscord(options)
  const client = newClient(discord, options.client)
  const errors: unknown[] = []
  client.on('interactionCreate', (interaction) => {
    handle(interaction).catch((error: unknown) => errors.push(error))
  })
  client.on('error', (error) => errors.push(error))
  await client.login(discord.token)
  await discord.until(() => client.isReady(), 'the client to be ready')
  if (!client.isReady()) throw new Error('The client is not ready.')
  return {
    discord,
    client,
    errors,
    [Symbol.asyncDispose]: async () => {
      await client.destroy()
      await discord.stop()
    },
  }
}

export function newClient(discord: Discord, options: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.apiUrl },
    ...options,
  })
}

/** The error with which Discord refused a request; throws if it was accepted. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ status: number; code: number | string; body: string }> {
  try {
    await request
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error
    return { status: error.status, code: error.code, body: JSON.stringify(error.rawError) }
  }
  throw new Error('Discord took it.')
}
