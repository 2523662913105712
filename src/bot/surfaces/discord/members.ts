import {
  ChannelType,
  type Client,
  DiscordAPIError,
  type Guild,
  type GuildMember,
  PermissionFlagsBits,
} from 'discord.js'
import type { DraftPlace } from '../../../core/draft/places.ts'
import { EVERYTHING, NOTHING, type Rights, UNKNOWN } from '../../handlers/access.ts'
import type { Members } from '../../handlers/members.ts'
import { Lookups } from '../lookups.ts'
import { type Places, rightsOf } from './access.ts'

/**
 * Milliseconds for which Discord's answer about a person is good. Together with how often open pages ask, it is less than the
 * minute within which somebody who has left is out. That they are not in a thread may change at once, by what they do.
 */
const FRESH = { member: 30_000, noMember: 10_000 }
/** People who are remembered. */
const KEPT = 2000

/**
 * What people may do who act in the studio: their roles as Discord says when it is asked about each person, which takes no privileged
 * intent, and channels as the gateway tells of them.
 * @param downSince since when the gateway tells nothing: what is cached may be wrong soon.
 */
export function createMembers(
  { guilds }: Client<true>,
  { channelOf, isMember }: Places,
  downSince: () => Date | null,
): Members {
  // By guild and person; null for somebody who is not in it, or not any more.
  const people = new Lookups<GuildMember | null>({
    ask: async (key) => {
      const [guildId = '', user = ''] = key.split(' ')
      const guild = guilds.cache.get(guildId)
      if (!guild) throw new Error('the server is not known')
      try {
        return await guild.members.fetch({ user, force: true, cache: false })
      } catch (error) {
        if (error instanceof DiscordAPIError && error.status === 404) return null
        throw error
      }
    },
    capacity: KEPT,
  })

  async function rightsIn(guild: Guild, personId: string, place: DraftPlace): Promise<Rights> {
    const member = await people.get(`${guild.id} ${personId}`, FRESH.member)
    // Whoever has left has nothing left, not even what they made.
    if (member === null) return NOTHING
    const { channelId, threadId, isOwnThread } = place
    const isManager = member.permissions.has(PermissionFlagsBits.ManageGuild)
    const unlessManager = isManager ? { ...EVERYTHING, authorKeeps: true } : UNKNOWN
    const channel = await channelOf(channelId)
    if (channel === null || channel.isDMBased() || channel.guildId !== guild.id) return unlessManager
    const permissions = channel.permissionsFor(member)
    if (permissions === null) return UNKNOWN
    const isThread = threadId !== null || channel.isThread()
    const rights = withTimeout(rightsOf(permissions, isThread), member)
    if (!rights.see || !isThread || isOwnThread) return rights
    const thread = await channelOf(threadId ?? channelId)
    if (thread === null) return unlessManager
    if (thread.type !== ChannelType.PrivateThread || permissions.has(PermissionFlagsBits.ManageThreads))
      return rights
    return (await isMember(thread.id, personId, FRESH.noMember, FRESH.member)) ? rights : NOTHING
  }

  return {
    access: (workspace, personId) => ({
      async at(place) {
        if (place.workspace !== workspace) return NOTHING
        const [, direct, guildId = ''] = /^discord:(?:dm:(\d+)|(\d+))$/.exec(workspace) ?? []
        // A workspace of direct messages is one person's alone.
        if (direct !== undefined) return direct === personId ? EVERYTHING : NOTHING
        const guild = guilds.cache.get(guildId)
        const down = downSince()
        if (!guild?.available || (down && Date.now() - down.getTime() > FRESH.member)) return UNKNOWN
        return rightsIn(guild, personId, place)
      },
    }),
  }
}

/** Who is timed out can only look: https://discord.com/developers/docs/topics/permissions#permissions-for-timed-out-members */
function withTimeout(rights: Rights, member: GuildMember): Rights {
  if (!member.isCommunicationDisabled() || member.permissions.has(PermissionFlagsBits.Administrator))
    return rights
  return { ...rights, write: false, manage: false, manageWorkspace: false }
}
