import { randomBytes } from 'node:crypto'
import type {
  Channel,
  Command,
  GatewayRecord,
  Guild,
  InteractionState,
  Member,
  RecordedRequest,
  StoredFile,
  User,
  Violation,
} from './types.ts'

const DISCORD_EPOCH = 1_420_070_400_000

interface Clock {
  /** ms since 1970; real time plus the time added by `advance`. */
  now(): number
  /** Moves only the server's clock forward by `ms` (token and acknowledgement deadlines, nonces). */
  advance(ms: number): void
}

/** The whole state of the loopback Discord, shared by its routes, its gateway and the people using it. */
export interface World {
  readonly clock: Clock
  readonly token: string
  readonly bot: User
  /** Privileged intents that are enabled in the developer portal. */
  readonly privilegedIntents: number
  /** Maximum file size in bytes, instead of Discord's own limits; null for those. */
  readonly uploadLimit: number | null
  /** The upload limit that interactions report; null for the real one. */
  readonly saidUploadLimit: number | null
  readonly guilds: Map<string, Guild>
  readonly channels: Map<string, Channel>
  readonly users: Map<string, User>
  readonly files: Map<string, StoredFile>
  /** By guild id, or `global`. */
  readonly commands: Map<string, Command[]>
  /** By token. */
  readonly interactions: Map<string, InteractionState>
  readonly requests: RecordedRequest[]
  readonly gateway: GatewayRecord[]
  readonly violations: Violation[]
  /** `http://127.0.0.1:PORT`, once it is listening. */
  origin: string
  /** Sends an event to the bot, as far as its intents allow. */
  dispatch: (event: string, data: object) => void
  /** A new snowflake, larger than all earlier ones. */
  nextId(): string
  /** Notifies the listeners that something may have changed. */
  changed(): void
  /** Runs `listener` on every change; returns a function that stops it. */
  onChange(listener: () => void): () => void
}

export function createWorld(options: {
  token: string
  privilegedIntents: number
  uploadLimit: number | null
  saidUploadLimit: number | null
  botName: string
}): World {
  let offset = 0
  let last = 0n
  const listeners = new Set<() => void>()
  const clock: Clock = {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms
    },
  }
  const nextId = () => {
    const fresh = BigInt(clock.now() - DISCORD_EPOCH) << 22n
    last = fresh > last ? fresh : last + 1n
    return last.toString()
  }
  const bot: User = {
    id: nextId(),
    username: options.botName,
    global_name: options.botName,
    bot: true,
    locale: 'en-US',
    acceptsDirectMessages: false,
    uploadLimit: 0,
  }
  return {
    clock,
    token: options.token,
    bot,
    privilegedIntents: options.privilegedIntents,
    uploadLimit: options.uploadLimit,
    saidUploadLimit: options.saidUploadLimit,
    guilds: new Map(),
    channels: new Map(),
    users: new Map([[bot.id, bot]]),
    files: new Map(),
    commands: new Map(),
    interactions: new Map(),
    requests: [],
    gateway: [],
    violations: [],
    origin: '',
    dispatch: () => undefined,
    nextId,
    changed: () => {
      for (const listener of [...listeners]) listener()
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function addGuild(
  world: World,
  options: { name: string; premiumTier: Guild['premiumTier']; locale: string; botPermissions: bigint },
): Guild {
  const id = world.nextId()
  const owner = addUser(world, `${options.name}-owner`, 'en-US')
  const botRole = world.nextId()
  const guild: Guild = {
    id,
    name: options.name,
    ownerId: owner.id,
    premiumTier: options.premiumTier,
    locale: options.locale,
    roles: [
      // The role @everyone has the guild's own id. It grants nothing here, so that members can do exactly what the test allows
      // them.
      { id, name: '@everyone', permissions: '0', position: 0 },
      {
        id: botRole,
        name: world.bot.username,
        permissions: options.botPermissions.toString(),
        position: 1,
        botId: world.bot.id,
      },
    ],
    members: new Map(),
  }
  guild.members.set(owner.id, { userId: owner.id, roles: [] })
  guild.members.set(world.bot.id, { userId: world.bot.id, roles: [botRole] })
  world.guilds.set(id, guild)
  return guild
}

export function addUser(world: World, name: string, locale: string): User {
  const user: User = {
    id: world.nextId(),
    username: name,
    global_name: name,
    bot: false,
    locale,
    acceptsDirectMessages: true,
    uploadLimit: 0,
  }
  world.users.set(user.id, user)
  return user
}

export function addMember(world: World, guild: Guild, user: User, permissions: bigint): Member {
  const role = world.nextId()
  guild.roles.push({ id: role, name: user.username, permissions: permissions.toString(), position: 1 })
  const member = { userId: user.id, roles: [role] }
  guild.members.set(user.id, member)
  return member
}

export function addChannel(
  world: World,
  channel: Pick<Channel, 'type' | 'name'> & Partial<Channel>,
): Channel {
  const made: Channel = {
    id: world.nextId(),
    guildId: null,
    parentId: null,
    overwrites: [],
    messages: new Map(),
    lastMessageId: null,
    recipientId: null,
    thread: null,
    typing: [],
    ...channel,
  }
  world.channels.set(made.id, made)
  return made
}

/** The bot's DM channel with a person, created on first use. */
export function directChannel(world: World, userId: string): Channel {
  for (const channel of world.channels.values()) if (channel.recipientId === userId) return channel
  const user = world.users.get(userId)
  return addChannel(world, { type: 1, name: user?.username ?? '', recipientId: userId })
}

export function newToken(): string {
  return randomBytes(48).toString('base64url')
}
