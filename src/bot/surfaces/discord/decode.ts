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

/** Everything about a request except the way to respond. */
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
 * A message's author, and where it was written. Their permissions are computed from roles and channels, which the gateway sends
 * before they can write; a message doesn't contain them.
 */
export function writerOf(message: Message): Doer & Pick<Interaction, 'id' | 'locale'> {
  const { client, guild, guildId, channel, channelId, member, author: user, id } = message
  const memberPermissions = member === null || channel.isDMBased() ? null : channel.permissionsFor(member)
  const locale = guild?.preferredLocale ?? Locale.EnglishUS
  return { client, guild, guildId, channel, channelId, member, user, id, memberPermissions, locale }
}

/** A server's drafts belong to the server; those in direct messages belong to the person who talks with the bot there. */
function workspaceOf({ guildId, user }: Doer): string {
  return guildId === null ? `discord:dm:${user.id}` : `discord:${guildId}`
}

/** The name and options of `/draft …`; null for a command of an older version. */
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

/** The choice: an action in a menu, or a value for a select's action. */
export function chosenIn({ customId, values }: StringSelectMenuInteraction): { id: string; value: string } {
  const value = values[0] ?? ''
  return customId.startsWith(MENU) ? { id: value, value: '' } : { id: customId, value }
}

/** A forum post is a place by itself: nothing can be posted in the surrounding forum. */
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
