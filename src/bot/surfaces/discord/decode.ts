import type { ChatInputCommandInteraction, Interaction, StringSelectMenuInteraction } from 'discord.js'
import { COMMANDS, type CommandOptions, type CommandSpec } from '../../handlers/commands.ts'
import type { Request } from '../../handlers/request.ts'
import type { Spot } from '../../thread/chat.ts'
import { wordsFor } from '../../words/index.ts'
import type { AccessOf } from './access.ts'
import { takesThreads } from './channels.ts'
import { MENU } from './message.ts'
import { pictureFetcher } from './pictures.ts'

/** All that a request says of itself; only the way to answer is missing. */
export function requestOf(interaction: Interaction, accessOf: AccessOf): Omit<Request, 'reply'> {
  return {
    actor: { id: interaction.user.id, name: nameOf(interaction) },
    access: accessOf(interaction),
    surface: 'discord',
    workspace: workspaceOf(interaction),
    spot: spotOf(interaction),
    words: wordsFor(interaction.locale),
    locale: interaction.locale,
    eventId: interaction.id,
    fetchPicture: pictureFetcher(interaction.client.rest),
  }
}

/** Drafts of a server are its own; those of direct messages belong to the one who writes there with the bot. */
function workspaceOf({ guildId, user }: Interaction): string {
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
    options: Object.fromEntries(given.map(({ name: option, value }) => [option, value])),
  }
}

/** What was chosen: in a menu an action, in a select a value for its action. */
export function chosenIn({ customId, values }: StringSelectMenuInteraction): { id: string; value: string } {
  const value = values[0] ?? ''
  return customId.startsWith(MENU) ? { id: value, value: '' } : { id: customId, value }
}

/** A post of a forum is a place of its own: nothing can be said in the forum around it. */
function spotOf({ channel, channelId }: Interaction): Spot {
  const id = channelId ?? ''
  const parent = channel?.isThread() ? channel.parent : null
  return parent && takesThreads(parent)
    ? { channelId: parent.id, threadId: id }
    : { channelId: id, threadId: null }
}

function nameOf(interaction: Interaction): string {
  const name = interaction.inCachedGuild() ? interaction.member.displayName : interaction.user.displayName
  return name.slice(0, 100).toWellFormed()
}
