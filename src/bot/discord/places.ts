import {
  type Channel,
  ChannelType,
  type Client,
  type GuildBasedChannel,
  PermissionsBitField,
} from 'discord.js'
import { codeOf } from './failures.ts'
import { CODES, UPLOAD_BY_TIER, UPLOAD_DEFAULT } from './limits.ts'
import { firstMissing, TO_LIVE } from './permissions.ts'

/** What is known of channels and guilds, from the gateway where it told us, else asked for. */
export interface Places {
  /** @throws what Discord answers when the channel is gone or hidden. */
  channel(channelId: string): Promise<Channel>
  /** The permissions of the bot in a channel or thread; in direct messages it may do all it needs. */
  permissions(channelId: string): Promise<Readonly<PermissionsBitField>>
  /** Which permission a refusal in a channel was about, as Discord's settings call it. */
  missing(channelId: string): Promise<string>
  /** Bytes of the largest file that may be sent there. */
  uploadLimit(channelId: string): Promise<number>
  /** Remembers what Discord said of a guild, or of a channel of direct messages. */
  noteUploadLimit(guildOrChannelId: string, bytes: number): void
}

export function createPlaces(client: Client<true>): Places {
  const limits = new Map<string, number>()

  const channel = async (id: string): Promise<Channel> => {
    const found = client.channels.cache.get(id) ?? (await client.channels.fetch(id))
    if (!found) throw new Error(`Discord knows no channel ${id}.`)
    return found
  }
  const permissions = async (id: string): Promise<Readonly<PermissionsBitField>> => {
    const place = await channel(id)
    if (place.isDMBased()) return new PermissionsBitField(PermissionsBitField.All)
    return permissionsOf(place, client)
  }

  return {
    channel,
    permissions,
    missing: async (id) => {
      try {
        const place = await channel(id)
        const needed = place.isThread() ? TO_LIVE.thread : TO_LIVE.channel
        return firstMissing(await permissions(id), needed) ?? 'Manage Threads'
      } catch (error) {
        // A channel that the bot cannot see is not even described to it.
        if (codeOf(error) === CODES.missingAccess || codeOf(error) === CODES.unknownChannel)
          return 'View Channel'
        throw error
      }
    },
    uploadLimit: async (id) => {
      const place = await channel(id)
      if (place.isDMBased()) return limits.get(id) ?? UPLOAD_DEFAULT
      return limits.get(place.guildId) ?? UPLOAD_BY_TIER[place.guild.premiumTier] ?? UPLOAD_DEFAULT
    },
    noteUploadLimit: (id, bytes) => {
      limits.set(id, bytes)
    },
  }
}

/** Whether a thread can be started from a message in a channel of this kind. */
export function takesThreads(channel: Channel): boolean {
  return channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement
}

/** Whether a channel holds nothing but threads, each begun by a post. */
export function holdsPosts(channel: Channel): boolean {
  return channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia
}

function permissionsOf(place: GuildBasedChannel, client: Client<true>): Readonly<PermissionsBitField> {
  return place.permissionsFor(client.user) ?? new PermissionsBitField()
}
