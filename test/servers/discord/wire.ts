import { MessageFlags } from 'discord.js'
import { may, permissionsIn } from './permissions.ts'
import type { Channel, Guild, Member, Message, User } from './types.ts'
import type { World } from './world.ts'

/** Objects as Discord sends them. https://discord.com/developers/docs/resources */

export function userToWire(user: User | undefined) {
  return {
    id: user?.id ?? '0',
    username: user?.username ?? 'Deleted User',
    global_name: user?.global_name ?? null,
    discriminator: '0',
    avatar: null,
    bot: user?.bot ?? false,
    public_flags: 0,
  }
}

export function memberToWire(world: World, member: Member) {
  return {
    user: userToWire(world.users.get(member.userId)),
    nick: null,
    avatar: null,
    roles: member.roles,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: member.timedOutUntil ?? null,
  }
}

export function messageToWire(world: World, message: Message): object {
  const channel = world.channels.get(message.channelId)
  const author = world.users.get(message.authorId)
  const guild = channel?.guildId == null ? undefined : world.guilds.get(channel.guildId)
  const member = guild?.members.get(message.authorId)
  const thread = message.threadId === null ? undefined : world.channels.get(message.threadId)
  const replied = message.replyTo === null ? undefined : channel?.messages.get(message.replyTo.messageId)
  const by = message.interaction
  return {
    id: message.id,
    channel_id: message.channelId,
    ...(guild === undefined ? {} : { guild_id: guild.id }),
    type: message.type,
    author: userToWire(author),
    ...(member === undefined ? {} : { member: { ...memberToWire(world, member), user: undefined } }),
    content: message.content,
    timestamp: message.createdAt,
    edited_timestamp: message.editedAt,
    tts: message.tts,
    mention_everyone: false,
    mentions: message.mentions.users.map((id) => userToWire(world.users.get(id))),
    mention_roles: message.mentions.roles,
    // Files of Components V2 messages are listed only by the components that show them.
    attachments: (message.flags & MessageFlags.IsComponentsV2) === 0 ? message.attachments : [],
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: message.components,
    pinned: message.pinned,
    flags: message.flags,
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsToWire(world, message) }),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(by === null
      ? {}
      : {
          application_id: world.bot.id,
          webhook_id: world.bot.id,
          interaction_metadata: {
            id: by.id,
            type: by.type,
            user: userToWire(world.users.get(by.userId)),
            authorizing_integration_owners: { 0: channel?.guildId ?? '0' },
          },
        }),
    ...(message.replyTo === null
      ? {}
      : {
          message_reference: {
            type: 0,
            message_id: message.replyTo.messageId,
            channel_id: message.replyTo.channelId,
          },
          referenced_message:
            replied === undefined ? null : messageToWire(world, { ...replied, replyTo: null }),
        }),
    ...(thread === undefined ? {} : { thread: channelToWire(world, thread) }),
  }
}

function reactionsToWire(world: World, { reactions }: Message): object[] {
  return [...reactions].map(([name, who]) => ({
    emoji: { id: null, name },
    count: who.size,
    count_details: { normal: who.size, burst: 0 },
    me: who.has(world.bot.id),
    me_burst: false,
    burst_colors: [],
  }))
}

/** A channel; `forUser` adds that person's permissions, as in interactions. */
export function channelToWire(world: World, channel: Channel, forUser?: string): object {
  const common = {
    id: channel.id,
    type: channel.type,
    last_message_id: channel.lastMessageId,
    flags: 0,
    ...(forUser === undefined ? {} : { permissions: permissionsIn(world, channel, forUser).toString() }),
  }
  if (channel.guildId === null) {
    return { ...common, recipients: [userToWire(world.users.get(channel.recipientId ?? ''))] }
  }
  const inGuild = {
    ...common,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    name: channel.name,
    rate_limit_per_user: channel.thread?.rateLimitPerUser ?? 0,
  }
  const { thread } = channel
  if (thread === null) {
    return { ...inGuild, position: 0, topic: null, nsfw: false, permission_overwrites: channel.overwrites }
  }
  const written = [...channel.messages.values()].filter((message) => message.type !== 21).length
  return {
    ...inGuild,
    owner_id: thread.ownerId,
    message_count: written,
    total_message_sent: written,
    member_count: thread.members.size,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: thread.autoArchiveDuration,
      archive_timestamp: thread.archivedAt,
      create_timestamp: thread.createdAt,
    },
    ...(thread.members.has(world.bot.id) ? { member: threadMemberToWire(channel, world.bot.id) } : {}),
  }
}

export function threadMemberToWire(channel: Channel, userId: string) {
  return {
    id: channel.id,
    user_id: userId,
    join_timestamp: channel.thread?.createdAt ?? new Date(0).toISOString(),
    flags: 0,
  }
}

export function roleToWire({ botId, ...role }: Guild['roles'][number]): object {
  return {
    ...role,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: botId !== undefined,
    ...(botId === undefined ? {} : { tags: { bot_id: botId } }),
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  }
}

export function guildToWire(guild: Guild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: guild.roles.map(roleToWire),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    max_members: 500_000,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: guild.premiumTier,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
  }
}

/** A guild as the gateway sends it: with channels, members and active threads. */
export function guildCreateToWire(world: World, guild: Guild): object {
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id)
  const bot = guild.members.get(world.bot.id)
  return {
    ...guildToWire(guild),
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    // Without the privileged intent for members, only the bot itself is listed.
    members: bot === undefined ? [] : [memberToWire(world, bot)],
    channels: channels
      .filter(({ thread }) => thread === null)
      .map((channel) => channelToWire(world, channel)),
    threads: channels
      .filter(
        (channel) => channel.thread?.archived === false && may(world, channel, world.bot.id, 'ViewChannel'),
      )
      .map((channel) => channelToWire(world, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}
