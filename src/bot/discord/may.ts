import { type GuildMember, type Interaction, PermissionFlagsBits } from 'discord.js'
import type { Spot } from '../chat.ts'

const { ViewChannel, SendMessages, SendMessagesInThreads, ManageMessages } = PermissionFlagsBits
const FLAGS = [ViewChannel, SendMessages, SendMessagesInThreads, ManageMessages]

/**
 * What this person may do in any channel of the server: where the interaction came from as Discord says with it, elsewhere
 * from the roles and channels that are cached. Undefined where that is not known.
 */
export function mayAt(
  interaction: Interaction,
  act: 'see' | 'write' | 'moderate',
  { channelId, threadId }: Spot,
): boolean | undefined {
  if (!interaction.inCachedGuild()) return undefined
  const { channel: here, memberPermissions, member, guild } = interaction
  const there = guild.channels.cache.get(channelId)
  const isThread = threadId !== null || (there?.isThread() ?? false)
  const needed = {
    see: ViewChannel,
    write: isThread ? SendMessagesInThreads : SendMessages,
    moderate: ManageMessages,
  }
  // A thread has the permissions of the channel around it.
  const around = here?.isThread() ? here.parentId : null
  if (channelId === here?.id || channelId === around) return memberPermissions.has(needed[act])
  if (!here || !there || !explains(here.permissionsFor(member), memberPermissions)) return undefined
  return there.permissionsFor(member)?.has(needed[act])
}

type Permissions = ReturnType<GuildMember['permissionsIn']>

/** Whether what is cached leads to what Discord says of the same channel: a role may be missing, or may have changed. */
function explains(cached: Readonly<Permissions> | null, said: Readonly<Permissions>): boolean {
  return FLAGS.every((flag) => cached?.has(flag) === said.has(flag))
}
