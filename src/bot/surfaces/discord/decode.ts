import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  GuildMember,
  type Interaction,
  Locale,
  type Message,
  type StringSelectMenuInteraction,
} from 'discord.js'

import { COMMANDS, type CommandOptions, type CommandSpec, PERSON } from '../../handlers/commands.ts'
import type { Request } from '../../handlers/request.ts'
import type { Spot } from '../../thread/chat.ts'
import { wordsFor } from '../../words/index.ts'
import type { AccessOf, Doer } from './access.ts'
import { takesThreads } from './channels.ts'
import { MENU } from './message.ts'
import { pictureFetcher } from './pictures.ts'

/** All that a request says of itself; only the way to answer is missing. */
export function requestOf(
  doer: Doer & Pick<Interaction, 'id' | 'locale'>,
  accessOf: AccessOf,
): Omit<Request, 'reply'> {
  const { id, locale, user } = doer
  return {
    actor: { id: user.id, name: nameOf(doer) },
    access: accessOf(doer),
    surface: 'discord',
    workspace: workspaceOf(doer),
    spot: spotOf(doer),
    words: wordsFor(locale),
    ...{ locale, eventId: id },
    fetchPicture: pictureFetcher(doer.client.rest),
  }
}

/**
 * The author of a message, and where it was written. What they may do there is computed from roles and channels, which the
 * gateway tells of before they can write; a message does not say it.
 */
export function writerOf(message: Message): Doer & Pick<Interaction, 'id' | 'locale'> {
  const { client, guild, guildId, channel, channelId, member, author: user, id } = message
  const memberPermissions = member === null || channel.isDMBased() ? null : channel.permissionsFor(member)
  const locale = guild?.preferredLocale ?? Locale.EnglishUS
  return { client, guild, guildId, channel, channelId, member, user, id, memberPermissions, locale }
}

/** Drafts of a server are its own; those of direct messages belong to the one who writes there with the bot. */
function workspaceOf({ guildId, user }: Doer): string {
  return guildId === null ? `discord:dm:${user.id}` : `discord:${guildId}`
}

/** The name and the options of `/draft …`; null for a command of an older version. */
export function commandOf(
  interaction: ChatInputCommandInteraction,
): { name: CommandSpec['name']; options: CommandOptions } | null {
  const name = interaction.options.getSubcommand(false)
  const spec = COMMANDS.find((each) => each.name === name)
  if (!spec) return null
  const given = interaction.options.data.flatMap(({ options = [] }) => options)
  return {
    name: spec.name,
    options: Object.fromEntries(
      given.map(({ name: option, type, value }) => [option, givenValue(type, value)]),
    ),
  }
}

function givenValue(
  type: ApplicationCommandOptionType,
  value: CommandOptions[string],
): CommandOptions[string] {
  return type === ApplicationCommandOptionType.User ? `${PERSON}${value}` : value
}

/** What was chosen: in a menu an action, in a select a value for its action. */
export function chosenIn({ customId, values }: StringSelectMenuInteraction): { id: string; value: string } {
  const value = values[0] ?? ''
  return customId.startsWith(MENU) ? { id: value, value: '' } : { id: customId, value }
}

/** A post of a forum is a place of its own: nothing can be said in the forum around it. */
function spotOf({ channel, channelId }: Doer): Spot {
  const id = channelId ?? ''
  const parent = channel?.isThread() ? channel.parent : null
  return parent && takesThreads(parent)
    ? { channelId: parent.id, threadId: id }
    : { channelId: id, threadId: null }
}

function nameOf({ member, user }: Doer): string {
  const name = member instanceof GuildMember ? member.displayName : user.displayName
  return name.slice(0, 100).toWellFormed()
}
