import { DiscordAPIError, Events } from 'discord.js'
import type { Logger } from 'pino'
import type { Bot } from '../../handlers/request.ts'
import { InFlight } from '../in-flight.ts'
import { type Surface, SurfaceError } from '../surface.ts'
import { createAccess, createPlaces } from './access.ts'
import { createChannels } from './channels.ts'
import { createChat } from './chat.ts'
import { connect } from './client.ts'
import { answerInteraction } from './interactions.ts'
import { createMembers } from './members.ts'
import { answerMention } from './mentions.ts'
import { createPassing } from './passing.ts'
import { inviteLink } from './permissions.ts'
import { registerCommands } from './register.ts'
import { createReviewers } from './reviewers.ts'

export interface DiscordSettings {
  token: string
  /** The server in which commands are registered, where they are available immediately, instead of globally. */
  guildId: string | undefined
  /** For a proxy or a test server; ends in `/api`. */
  apiUrl: string | undefined
}

/**
 * Connects Rushes to Discord.
 * @throws SurfaceError with one line if its configuration doesn't work.
 */
export async function startDiscord(settings: DiscordSettings, bot: Bot, log: Logger): Promise<Surface> {
  const { client, connection } = await connect(settings, log)
  const invite = inviteLink(client.application.id)
  const { store } = bot.core
  const channels = createChannels(client)
  const chat = createChat(client, channels, store)
  const places = createPlaces(client, channels)
  const accessOf = createAccess(places)
  const inFlight = new InFlight()

  bot.threads.register(chat)
  bot.smallUploads.add(chat.surface)
  bot.reviewers.register(chat.surface, createReviewers(client))
  bot.members.register(
    chat.surface,
    createMembers(client, places, () => connection.downSince()),
  )
  client.on(Events.InteractionCreate, (interaction) =>
    inFlight.track(answerInteraction({ bot, chat, channels, accessOf, store }, interaction)),
  )
  const passing = createPassing(client, log)
  client.on(Events.MessageCreate, (message) =>
    inFlight.track(answerMention({ bot, chat, channels, accessOf, store, passing }, message)),
  )
  const deleted = (messageId: string) =>
    void inFlight.track(
      bot.threads
        .messageDeleted(messageId)
        .catch((error: unknown) => log.warn({ err: error }, 'a deleted message could not be looked up')),
    )
  client.on(Events.MessageDelete, ({ id }) => deleted(id))
  client.on(Events.MessageBulkDelete, (messages) => {
    for (const id of messages.keys()) deleted(id)
  })

  try {
    for (const change of await registerCommands(client, settings.guildId)) log.info(change)
  } catch (error) {
    connection.end()
    await client.destroy()
    throw registrationError(error, settings.guildId, invite)
  }

  return {
    chat,
    notes: [`Discord: connected as ${client.user.username}. Invite it to a server with ${invite}`],
    downSince: connection.downSince,
    refuse: async () => {
      for (const event of EVENTS) client.removeAllListeners(event)
      await inFlight.settled()
      await passing.clear()
    },
    stop: async () => {
      connection.end()
      await client.destroy()
    },
  }
}

/** The events to listen to. */
const EVENTS = [
  Events.InteractionCreate,
  Events.MessageCreate,
  Events.MessageDelete,
  Events.MessageBulkDelete,
] as const

function registrationError(error: unknown, guildId: string | undefined, invite: string): unknown {
  if (!(error instanceof DiscordAPIError)) return error
  const line =
    guildId === undefined
      ? `Discord refused the commands: ${error.message.replace(/\s+/g, ' ')}`
      : `DISCORD_GUILD_ID is a server where the bot cannot add commands. Invite it there with ${invite}`
  return new SurfaceError(line, { cause: error })
}
