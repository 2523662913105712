import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ChannelType } from 'discord.js'
import { type ActiveFault, createFaults, type Fault } from './faults.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { serveHttp } from './http.ts'
import { deleteMessage } from './messages.ts'
import { type PermissionName, permissionBits } from './permissions.ts'
import { createPerson, type Person } from './person.ts'
import { createRateLimits, type RateLimit } from './rate-limits.ts'
import { removeChannel } from './routes/channels.ts'
import { openThread } from './routes/threads.ts'
import type { Channel, Command, Guild, Message, RecordedRequest } from './types.ts'
import { until } from './waiting.ts'
import { channelToWire, guildCreateToWire, roleToWire } from './wire.ts'
import { addChannel, addGuild, addMember, addUser, createWorld, type World } from './world.ts'

/** The permissions that the invite link of a bot like ours requests. */
const BOT_PERMISSIONS: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseApplicationCommands',
]
const MEMBER_PERMISSIONS: readonly PermissionName[] = [...BOT_PERMISSIONS, 'UseExternalEmojis']
const THREAD_STARTER = 21
const THREAD_CREATED = 18

interface GuildOptions {
  name?: string
  premiumTier?: Guild['premiumTier']
  locale?: string
  botPermissions?: readonly PermissionName[]
}

export interface DiscordOptions {
  guild?: GuildOptions
  /** Bits of the enabled privileged intents; none by default. */
  privilegedIntents?: number
  /** Maximum file size in bytes, so that even small files can be too large; Discord's own limits by default. */
  uploadLimit?: number
  /** The upload limit that interactions report, if it differs from the real one. */
  saidUploadLimit?: number
  /** ms between heartbeats; by default 41250, like Discord's. */
  heartbeatInterval?: number
  /** Rate limits to enforce; by default none is ever reached. */
  rateLimits?: readonly RateLimit[]
}

export interface Discord {
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: string
  /** For `DISCORD_TOKEN`. */
  readonly token: string
  readonly botId: string
  /** The guild and the text channel that exist from the start. */
  readonly guild: Guild
  readonly channel: Channel
  readonly clock: World['clock']
  readonly gateway: Gateway
  readonly gatewayLog: World['gateway']
  /** Every request from the bot, oldest first. */
  readonly requests: RecordedRequest[]
  /** Where the bot's requests contradict Discord's published description; empty if that file is missing. */
  readonly violations: World['violations']
  addGuild(options?: GuildOptions): Guild
  addChannel(options?: { name?: string; guild?: Guild; type?: number }): Channel
  /** The gateway removes a guild as in an outage, so that the client knows nothing about it; everything else continues. */
  hideGuild(guild?: Guild): void
  /** The gateway reports a guild as unavailable: from now on, what the client knows about it may be out of date. */
  outage(guild?: Guild): void
  /** A person starts a thread, with the bot and these people in it. */
  addThread(options: {
    name: string
    channel?: Channel
    isPrivate?: boolean
    people: readonly Person[]
  }): Channel
  /** A person is removed from a thread. */
  leaveThread(thread: Channel, person: Person): void
  /** A new member of a guild, whose default channel is `channel`. `locale` is their client's. */
  user(
    name: string,
    options?: {
      permissions?: readonly PermissionName[]
      add?: readonly PermissionName[]
      locale?: string
      channel?: Channel
      acceptsDirectMessages?: boolean
      uploadLimit?: number
    },
  ): Person
  /** Denies the bot permissions in one channel and its threads; `allow` restores them. */
  deny(permissions: readonly PermissionName[], channel?: Channel): void
  allow(permissions: readonly PermissionName[], channel?: Channel): void
  /** Denies one person permissions in one channel and its threads. */
  denyMember(userId: string, permissions: readonly PermissionName[], channel?: Channel): void
  fault(fault: Fault): ActiveFault
  clearFaults(): void
  /** Resends an event that the gateway has already sent. */
  redeliver(sent: World['gateway'][number] | undefined): void
  /** Registered commands of a guild, or the global ones. */
  commands(guild?: Guild): Command[]
  /** Public messages, oldest first, without the notices that Discord itself posts. */
  messages(channel?: Channel): Message[]
  /** Threads of a channel, oldest first. */
  threads(channel?: Channel): Channel[]
  /** Waits for the `index`-th thread of a channel. */
  thread(index?: number, channel?: Channel): Promise<Channel>
  setThread(thread: Channel, state: { archived?: boolean; locked?: boolean }): void
  /** A person with the permission to do so deletes a channel, thread or message. */
  deleteChannel(channel: Channel): void
  deleteMessage(message: Message): void
  /** Requests to a route, for example `POST`, `/channels/{channel_id}/messages`. */
  requestsTo(method: string, route: string): RecordedRequest[]
  /** The bytes behind an attachment's address. */
  file(url: string): Buffer
  until<T>(condition: () => T | Promise<T>, what: string, timeout?: number): Promise<NonNullable<T>>
  stop(): Promise<void>
}

/** Starts a separate Discord on a free port of 127.0.0.1. */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const world = createWorld({
    token: 'bG9vcGJhY2s.dGVzdA.a-token-of-the-loopback-server',
    privilegedIntents: options.privilegedIntents ?? 0,
    uploadLimit: options.uploadLimit ?? null,
    saidUploadLimit: options.saidUploadLimit ?? null,
    botName: 'rushes',
  })
  const faults = createFaults()
  const limits = createRateLimits(options.rateLimits ?? [])
  const failures: unknown[] = []
  const server = createServer((request, response) => {
    serveHttp(world, faults, limits, request, response).catch((error: unknown) => {
      // A request that the bot aborted is not a failure of this server.
      if (!request.destroyed || request.complete) failures.push(error)
      response.destroy()
    })
  })
  const gateway = createGateway(world, server, options.heartbeatInterval ?? 41_250)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const newGuild = (from: GuildOptions = {}) =>
    addGuild(world, {
      name: from.name ?? 'Team',
      premiumTier: from.premiumTier ?? 0,
      locale: from.locale ?? 'en-US',
      botPermissions: permissionBits(from.botPermissions ?? BOT_PERMISSIONS),
    })
  const guild = newGuild(options.guild)
  const channel = addChannel(world, { type: 0, name: 'general', guildId: guild.id })
  const overwrite = (
    permissions: readonly PermissionName[],
    where: Channel,
    denied: boolean,
    userId = world.bot.id,
  ) => {
    const bits = permissionBits(permissions)
    const target = where.thread === null ? where : (world.channels.get(where.parentId ?? '') ?? where)
    const old = target.overwrites.find(({ id }) => id === userId)
    const deny = denied ? BigInt(old?.deny ?? 0) | bits : BigInt(old?.deny ?? 0) & ~bits
    target.overwrites = [
      ...target.overwrites.filter((one) => one !== old),
      { id: userId, type: 1, allow: '0', deny: deny.toString() },
    ]
    world.dispatch('CHANNEL_UPDATE', channelToWire(world, target))
  }
  const threads = (of: Channel = channel) =>
    [...world.channels.values()].filter((one) => one.parentId === of.id && one.thread !== null)

  return {
    apiUrl: `${world.origin}/api`,
    token: world.token,
    botId: world.bot.id,
    guild,
    channel,
    clock: world.clock,
    gateway,
    gatewayLog: world.gateway,
    requests: world.requests,
    violations: world.violations,
    addGuild: (from) => {
      const made = newGuild(from)
      world.dispatch('GUILD_CREATE', guildCreateToWire(world, made))
      return made
    },
    addChannel: ({ name = 'another', guild: where = guild, type = 0 } = {}) => {
      const made = addChannel(world, { type, name, guildId: where.id })
      world.dispatch('CHANNEL_CREATE', channelToWire(world, made))
      return made
    },
    hideGuild: ({ id } = guild) => world.dispatch('GUILD_DELETE', { id }),
    outage: ({ id } = guild) => world.dispatch('GUILD_DELETE', { id, unavailable: true }),
    addThread: ({ name, channel: parent = channel, isPrivate = false, people }) => {
      const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread
      return openThread(world, parent, { name }, world.nextId(), type, [
        world.bot.id,
        ...people.map(({ id }) => id),
      ])
    },
    leaveThread: (thread, { id }) => void thread.thread?.members.delete(id),
    user: (name, from = {}) => {
      const home = from.channel ?? channel
      const user = addUser(world, name, from.locale ?? 'en-US')
      user.acceptsDirectMessages = from.acceptsDirectMessages ?? true
      user.uploadLimit = from.uploadLimit ?? 0
      const permissions = [...(from.permissions ?? MEMBER_PERMISSIONS), ...(from.add ?? [])]
      const where = world.guilds.get(home.guildId ?? '')
      if (where !== undefined) {
        addMember(world, where, user, permissionBits(permissions))
        const role = where.roles.at(-1)
        if (role) world.dispatch('GUILD_ROLE_CREATE', { guild_id: where.id, role: roleToWire(role) })
      }
      return createPerson(world, user, home)
    },
    deny: (permissions, where = channel) => overwrite(permissions, where, true),
    allow: (permissions, where = channel) => overwrite(permissions, where, false),
    denyMember: (userId, permissions, where = channel) => overwrite(permissions, where, true, userId),
    fault: faults.add,
    clearFaults: faults.clear,
    redeliver: (sent) => {
      if (typeof sent?.data !== 'object' || sent.data === null || sent.event === null)
        throw new Error('The gateway has not sent this.')
      world.dispatch(sent.event, sent.data)
    },
    commands: (of) => world.commands.get(of?.id ?? 'global') ?? [],
    messages: (of = channel) =>
      [...of.messages.values()].filter(
        ({ type, visibleTo }) => visibleTo === null && type !== THREAD_STARTER && type !== THREAD_CREATED,
      ),
    threads,
    thread: (index = 0, of = channel) =>
      until(world, () => threads(of)[index], `thread number ${index + 1} in “${of.name}”`),
    setThread: (thread, state) => {
      if (thread.thread === null) throw new Error('This is not a thread.')
      Object.assign(thread.thread, state)
      world.dispatch('THREAD_UPDATE', channelToWire(world, thread))
    },
    deleteChannel: (of) => removeChannel(world, of),
    deleteMessage: (message) => {
      const of = world.channels.get(message.channelId)
      if (of !== undefined) deleteMessage(world, of, message)
    },
    requestsTo: (method, route) =>
      world.requests.filter((one) => one.method === method && one.route === route),
    file: (url) => {
      const found = [...world.files.values()].find(({ attachment }) => attachment.url === url)
      if (found === undefined) throw new Error(`There is no file at ${url}.`)
      return found.bytes
    },
    until: (condition, what, timeout) => until(world, condition, what, timeout),
    stop: async () => {
      gateway.stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      if (failures.length > 0) throw new AggregateError(failures, 'The loopback Discord itself failed.')
    },
  }
}
