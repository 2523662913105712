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
 * Milliseconds for which Discord's answer about a person is valid. Together with the polling interval of open pages, it is
 * less than the minute within which people who left lose access. Not being in a thread may change at any moment, by their
 * own action.
 */
const FRESH = { member: 30_000, noMember: 10_000 }
/** Maximum number of people remembered. */
const KEPT = 2000

/**
 * What people in the studio may do: their roles as returned by Discord for each person, which requires no privileged intent, and
 * channels as sent by the gateway.
 * @param downSince since when the gateway has been disconnected, so that the cache may soon be wrong.
 */
export function createMembers(
  { guilds }: Client<true>,
  { channelOf, isMember }: Places,
  downSince: () => Date | null,
): Members {
  // Keyed by guild and person; null for people who aren't members, or no longer.
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
    // People who have left lose all access, even to their own drafts.
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
        // A direct-message workspace belongs to one person.
        if (direct !== undefined) return direct === personId ? EVERYTHING : NOTHING
        const guild = guilds.cache.get(guildId)
        const down = downSince()
        if (!guild?.available || (down && Date.now() - down.getTime() > FRESH.member)) return UNKNOWN
        return rightsIn(guild, personId, place)
      },
    }),
  }
}

/** People in timeout can only read: https://discord.com/developers/docs/topics/permissions#permissions-for-timed-out-members */
function withTimeout(rights: Rights, member: GuildMember): Rights {
  if (!member.isCommunicationDisabled() || member.permissions.has(PermissionFlagsBits.Administrator))
    return rights
  return { ...rights, write: false, manage: false, manageWorkspace: false }
}
