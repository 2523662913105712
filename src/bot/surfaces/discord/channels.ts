import { type Channel, ChannelType, type Client, PermissionsBitField } from 'discord.js'
import { UploadLimits } from '../upload-limits.ts'
import { codeOf } from './errors.ts'
import { CODES, UPLOAD_BY_TIER, UPLOAD_DEFAULT } from './limits.ts'
import { firstMissing, TO_LIVE, TO_OPEN_THREADS } from './permissions.ts'

/** Knowledge about channels and guilds, from the gateway if available, else requested. */
export interface Channels {
  /** @throws Discord's error if the channel is gone or hidden. */
  channel(channelId: string): Promise<Channel>
  /** The bot's permissions in a channel or thread; null if unknown; in direct messages, everything it needs. */
  permissions(channelId: string): Promise<Readonly<PermissionsBitField> | null>
  /** The missing permission behind a refusal in a channel. */
  missing(channelId: string): Promise<string>
  /** The largest file that the bot may send there, in bytes. */
  uploadLimit(channelId: string): Promise<number>
  /** Remembers the limits that came with an interaction: the guild's, the person's, or both. */
  noteUploadLimit(guildOrChannelId: string, bytes: number): void
  /** Remembers that a file of this many bytes was refused although it was within the known limit. */
  expectLess(channelId: string, bytes: number): Promise<void>
}

export function createChannels(client: Client<true>): Channels {
  /** Keyed by guild, or by channel for direct messages. Refusals count until the next start. */
  const limits = new UploadLimits()

  const channel = async (id: string): Promise<Channel> => {
    const found =
      client.channels.cache.get(id) ??
      (await client.channels.fetch(id)) ??
      // Its guild hasn't arrived yet, or not again after an outage.
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
    // The bot has the guild's limit; an interaction contains the person's, which may be higher.
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
        // The bot gets no information about channels it can't see.
        if (codeOf(error) === CODES.missingAccess || codeOf(error) === CODES.unknownChannel)
          return 'ViewChannel'
        throw error
      }
    },
    uploadLimit: async (id) => (await limitIn(id)).limit,
    noteUploadLimit: (id, bytes) => limits.said(id, bytes),
    expectLess: async (id, bytes) => {
      const { key, limit } = await limitIn(id)
      // The file was chosen by a limit that has been lowered since.
      if (Number.isFinite(bytes) && bytes > limit) return
      const size = Math.min(limit, bytes)
      limits.refused(key, size > UPLOAD_DEFAULT ? UPLOAD_DEFAULT : Math.floor(size * 0.8))
    },
  }
}

/** Whether threads can be started from messages in a channel of this kind. */
export function takesThreads(channel: Channel): boolean {
  return channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement
}
