import { ChannelType, PermissionFlagsBits } from 'discord.js'
import { refuse } from './refusal.ts'
import type { Channel } from './types.ts'
import type { World } from './world.ts'

const EVERYTHING = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n)

export type PermissionName = keyof typeof PermissionFlagsBits

/** DMs have no roles; this is what an app gets in `app_permissions` there. */
const IN_DIRECT_MESSAGES = permissionBits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'MentionEveryone',
  'UseExternalEmojis',
  'AddReactions',
])

/** Lost together with Send Messages: https://discord.com/developers/docs/topics/permissions#implicit-permissions */
const NEEDS_SEND = permissionBits(['MentionEveryone', 'SendTTSMessages', 'AttachFiles', 'EmbedLinks'])

export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((all, name) => all | PermissionFlagsBits[name], 0n)
}

/**
 * A person's permissions in a channel, as documented at
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites. Threads inherit from their parent.
 */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  if (channel.guildId === null) {
    return channel.recipientId === userId || userId === world.bot.id ? IN_DIRECT_MESSAGES : 0n
  }
  const guild = world.guilds.get(channel.guildId)
  const member = guild?.members.get(userId)
  if (guild === undefined || member === undefined) return 0n
  if (guild.ownerId === userId) return EVERYTHING
  const roleIds = new Set([guild.id, ...member.roles])
  let bits = 0n
  for (const role of guild.roles) if (roleIds.has(role.id)) bits |= BigInt(role.permissions)
  if ((bits & PermissionFlagsBits.Administrator) !== 0n) return EVERYTHING

  const parent = channel.thread === null ? channel : world.channels.get(channel.parentId ?? '')
  const overwrites = parent?.overwrites ?? []
  const apply = (matches: (id: string, type: 0 | 1) => boolean) => {
    let allow = 0n
    let deny = 0n
    for (const overwrite of overwrites) {
      if (!matches(overwrite.id, overwrite.type)) continue
      allow |= BigInt(overwrite.allow)
      deny |= BigInt(overwrite.deny)
    }
    bits = (bits & ~deny) | allow
  }
  apply((id, type) => type === 0 && id === guild.id)
  apply((id, type) => type === 0 && id !== guild.id && roleIds.has(id))
  apply((id, type) => type === 1 && id === userId)

  if ((bits & PermissionFlagsBits.ViewChannel) === 0n) return 0n
  // A private thread is visible only to its members and to people who can manage threads.
  const isClosed = channel.type === ChannelType.PrivateThread && channel.thread?.members.has(userId) === false
  if (isClosed && (bits & PermissionFlagsBits.ManageThreads) === 0n) return 0n
  const send =
    channel.thread === null ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.SendMessagesInThreads
  return (bits & send) === 0n ? bits & ~NEEDS_SEND : bits
}

export function may(world: World, channel: Channel, userId: string, permission: PermissionName): boolean {
  return (permissionsIn(world, channel, userId) & PermissionFlagsBits[permission]) !== 0n
}

/** The channel, if the bot can see it and has all these permissions there; otherwise throws Discord's refusal. */
export function channelForBot(
  world: World,
  id: string | undefined,
  needed: readonly PermissionName[] = [],
): Channel {
  const channel = world.channels.get(id ?? '')
  if (channel === undefined) throw refuse.unknownChannel()
  if (!may(world, channel, world.bot.id, 'ViewChannel')) throw refuse.missingAccess()
  for (const permission of needed) {
    if (!may(world, channel, world.bot.id, permission)) throw refuse.missingPermissions()
  }
  return channel
}

/** The permission needed to write here. */
export function sendPermission(channel: Channel): PermissionName {
  return channel.thread === null ? 'SendMessages' : 'SendMessagesInThreads'
}
