import { type Channel, ChannelType, type Client, PermissionsBitField } from 'discord.js'
import { UploadLimits } from '../upload-limits.ts'
import { codeOf } from './errors.ts'
import { CODES, UPLOAD_BY_TIER, UPLOAD_DEFAULT } from './limits.ts'
import { firstMissing, TO_LIVE, TO_OPEN_THREADS } from './permissions.ts'

/** What is known of channels and guilds, from the gateway where it told us, else asked for. */
export interface Channels {
  /** @throws what Discord answers when the channel is gone or hidden. */
  channel(channelId: string): Promise<Channel>
  /** The permissions of the bot in a channel or thread, null where they are not known; in direct messages all it needs. */
  permissions(channelId: string): Promise<Readonly<PermissionsBitField> | null>
  /** Which permission a refusal in a channel was about. */
  missing(channelId: string): Promise<string>
  /** Bytes of the largest file that the bot may send there. */
  uploadLimit(channelId: string): Promise<number>
  /** Remembers what Discord said with an interaction: of the guild, of the person who acted, or of both. */
  noteUploadLimit(guildOrChannelId: string, bytes: number): void
  /** Remembers that a file of so many bytes was refused although it was not larger than we took to be allowed. */
  expectLess(channelId: string, bytes: number): Promise<void>
}

export function createChannels(client: Client<true>): Channels {
  /** By guild, or by channel of direct messages. What was refused counts until the next start. */
  const limits = new UploadLimits()

  const channel = async (id: string): Promise<Channel> => {
    const found =
      client.channels.cache.get(id) ??
      (await client.channels.fetch(id)) ??
      // Its guild has not arrived yet, or not again after an outage.
      (await client.channels.fetch(id, { allowUnknownGuild: true, force: true }))
    if (!found) throw new Error(`Discord knows no channel ${id}.`)
    return found
  }
  const permissions = async (id: string): Promise<Readonly<PermissionsBitField> | null> => {
    const place = await channel(id)
    if (place.isDMBased()) return new PermissionsBitField(PermissionsBitField.All)
    return client.guilds.cache.has(place.guildId) ? place.permissionsFor(client.user) : null
  }
  const limitIn = async (id: string): Promise<{ key: string; limit: number }> => {
    const place = await channel(id)
    const guild = place.isDMBased() ? undefined : client.guilds.cache.get(place.guildId)
    const key = place.isDMBased() ? id : place.guildId
    // The bot has what the guild has; an interaction tells what its person has, which may be more.
    const own = UPLOAD_BY_TIER[guild?.premiumTier ?? 0] ?? UPLOAD_DEFAULT
    return { key, limit: limits.at(key, own) }
  }

  return {
    channel,
    permissions,
    missing: async (id) => {
      try {
        const place = await channel(id)
        if (place.isThread()) return firstMissing(await permissions(id), TO_LIVE.thread) ?? 'ManageThreads'
        const needed = [...TO_LIVE.channel, ...(takesThreads(place) ? TO_OPEN_THREADS : [])]
        return firstMissing(await permissions(id), needed) ?? 'SendMessages'
      } catch (error) {
        // A channel that the bot cannot see is not even described to it.
        if (codeOf(error) === CODES.missingAccess || codeOf(error) === CODES.unknownChannel)
          return 'ViewChannel'
        throw error
      }
    },
    uploadLimit: async (id) => (await limitIn(id)).limit,
    noteUploadLimit: (id, bytes) => limits.said(id, bytes),
    expectLess: async (id, bytes) => {
      const { key, limit } = await limitIn(id)
      // It was chosen by a limit that has been lowered since.
      if (Number.isFinite(bytes) && bytes > limit) return
      const size = Math.min(limit, bytes)
      limits.refused(key, size > UPLOAD_DEFAULT ? UPLOAD_DEFAULT : Math.floor(size * 0.8))
    },
  }
}

/** Whether a thread can be started from a message in a channel of this kind. */
export function takesThreads(channel: Channel): boolean {
  return channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement
}
