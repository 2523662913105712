import type { Interaction } from 'discord.js'
import { type Reference, referencesIn, withNames } from '../../../core/model/text/references.ts'
import type { Request } from '../../handlers/request.ts'
import { namesOf } from '../names.ts'
import type { Channels } from './channels.ts'

/** A text as its readers see it, with the names that people, roles and channels have in this server. */
export async function named(
  text: string,
  interaction: Interaction,
  channels: Channels,
  request: Pick<Request, 'access' | 'surface' | 'workspace'>,
): Promise<string> {
  if (!text.includes('<')) return text
  const find = (reference: Reference) => nameOf(reference, interaction, channels, request)
  return withNames(text, await namesOf(referencesIn(text), find))
}

async function nameOf(
  { kind, id }: Reference,
  interaction: Interaction,
  channels: Channels,
  { access, surface, workspace }: Pick<Request, 'access' | 'surface' | 'workspace'>,
): Promise<string | null> {
  const { guild } = interaction
  if (kind === 'person') return nameOfPerson(id, interaction)
  if (guild === null) return null
  // The role of everybody has the server's id.
  if (kind === 'group') return id === guild.id ? null : (guild.roles.cache.get(id)?.name ?? null)
  const place = { surface, workspace, channelId: id, threadId: null, isOwnThread: false }
  // What somebody cannot see is not told to them by its name.
  if (!(await access.at(place, true)).see) return null
  const channel = await channels.channel(id)
  return channel.isDMBased() || channel.guildId !== guild.id ? null : channel.name
}

async function nameOfPerson(id: string, interaction: Interaction): Promise<string | null> {
  const { guild } = interaction
  const mentions = interaction.isMessageContextMenuCommand() ? interaction.targetMessage.mentions : undefined
  const member = guild?.members.cache.get(id) ?? mentions?.members?.get(id)
  if (member) return member.displayName
  // Their name in this server comes before the one that they have everywhere.
  const asked = await guild?.members.fetch(id).catch(() => undefined)
  const user = mentions?.users.get(id) ?? interaction.client.users.cache.get(id)
  return asked?.displayName ?? user?.displayName ?? null
}
