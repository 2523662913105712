import type { Client, Guild, MessageMentions } from 'discord.js'
import { type Reference, referencesIn, withNames } from '../../../core/model/text/references.ts'
import type { Request } from '../../handlers/request.ts'
import { namesOf } from '../names.ts'
import type { Channels } from './channels.ts'

/** Where a text was written, and whom it mentions, as far as Discord says. */
export interface Written {
  client: Client
  guild: Guild | null
  mentions?: MessageMentions | undefined
}

/** A text as readers see it, with the names of people, roles and channels in this server. */
export async function named(
  text: string,
  written: Written,
  channels: Channels,
  request: Pick<Request, 'access' | 'surface' | 'workspace'>,
): Promise<string> {
  if (!text.includes('<')) return text
  const find = (reference: Reference) => nameOf(reference, written, channels, request)
  return withNames(text, await namesOf(referencesIn(text), find))
}

async function nameOf(
  { kind, id }: Reference,
  written: Written,
  channels: Channels,
  { access, surface, workspace }: Pick<Request, 'access' | 'surface' | 'workspace'>,
): Promise<string | null> {
  const { guild } = written
  if (kind === 'person') return nameOfPerson(id, written)
  if (guild === null) return null
  // The @everyone role has the server's id.
  if (kind === 'group') return id === guild.id ? null : (guild.roles.cache.get(id)?.name ?? null)
  const place = { surface, workspace, channelId: id, threadId: null, isOwnThread: false }
  // People don't learn the names of what they can't see.
  if (!(await access.at(place, true)).see) return null
  const channel = await channels.channel(id)
  return channel.isDMBased() || channel.guildId !== guild.id ? null : channel.name
}

async function nameOfPerson(id: string, { client, guild, mentions }: Written): Promise<string | null> {
  const member = guild?.members.cache.get(id) ?? mentions?.members?.get(id)
  if (member) return member.displayName
  // Their name in this server takes precedence over their global name.
  const asked = await guild?.members.fetch(id).catch(() => undefined)
  const user = mentions?.users.get(id) ?? client.users.cache.get(id)
  return asked?.displayName ?? user?.displayName ?? null
}
