import {
  type Channel,
  ChannelType,
  type Client,
  DiscordAPIError,
  GuildMember,
  type Interaction,
  PermissionFlagsBits,
  type PermissionsBitField,
  Routes,
} from 'discord.js'
import type { DraftPlace } from '../../../core/draft/places.ts'
import { type Access, EVERYTHING, NOTHING, type Rights, UNKNOWN } from '../../handlers/access.ts'
import { Lookups } from '../lookups.ts'
import type { Channels } from './channels.ts'
import { codeOf } from './errors.ts'
import { CODES } from './limits.ts'

const { ViewChannel, SendMessages, SendMessagesInThreads, ManageMessages, ManageThreads, ManageGuild } =
  PermissionFlagsBits
const FLAGS = [ViewChannel, SendMessages, SendMessagesInThreads, ManageMessages, ManageThreads]

/**
 * Milliseconds for which Discord's answers are valid: whether a channel exists and, in lists, whether a person is in a
 * thread.
 */
const FRESH = { channel: 60_000, member: 60_000, noMember: 10_000 }
/** Maximum number of remembered answers. */
const KEPT = { channels: 2000, members: 5000 }

type Permissions = Readonly<PermissionsBitField>

/** Who did something, and where, taken from an interaction or from a message's author. */
export type Doer = Pick<
  Interaction,
  'client' | 'guild' | 'guildId' | 'channel' | 'channelId' | 'member' | 'memberPermissions' | 'user'
>

/** Says what a person may do. */
export type AccessOf = (doer: Doer) => Access

/**
 * What people may do: at the place of an interaction, by what Discord sends with it; elsewhere, by the cached roles and
 * channels; in private threads, by asking for the members.
 */
export function createAccess({ channelOf, isMember }: Places): AccessOf {
  async function rightsIn(doer: Doer, place: DraftPlace, maxAgeOfNo: number): Promise<Rights> {
    const { guildId, channelId: hereId, channel: here, memberPermissions: said, user } = doer
    // A direct-message workspace belongs to one person.
    if (guildId === null) return EVERYTHING
    if (said === null) return UNKNOWN
    const { channelId, threadId } = place
    // If the channel is gone or the server unknown, that is all that is known, wherever the person is.
    const unlessManager = said.has(ManageGuild) ? { ...EVERYTHING, authorKeeps: true } : UNKNOWN
    if (hereId === (threadId ?? channelId)) {
      const isThread = threadId !== null || here?.isThread()
      return rightsOf(said, isThread)
    }
    const around = here?.isThread() ? here.parentId : null
    let permissions: Permissions | null = said
    let isThread = threadId !== null
    if (channelId !== hereId && channelId !== around) {
      if (!doer.guild?.available || doer.member === null) return unlessManager
      const there = await channelOf(channelId)
      if (there === null) return unlessManager
      permissions = cachedPermissions(doer, there)
      isThread ||= there.isThread()
    }
    if (permissions === null) return UNKNOWN
    const rights = rightsOf(permissions, isThread)
    if (!rights.see || !isThread || place.isOwnThread) return rights
    const thread = await channelOf(threadId ?? channelId)
    if (thread === null) return unlessManager
    if (thread.type !== ChannelType.PrivateThread || permissions.has(ManageThreads)) return rights
    return (await isMember(thread.id, user.id, maxAgeOfNo)) ? rights : NOTHING
  }

  return (doer) => {
    const began = performance.now()
    return {
      at: (place, onlySee) => rightsIn(doer, place, onlySee ? FRESH.noMember : performance.now() - began),
    }
  }
}

/** What Discord says about places. */
export interface Places {
  /** From the cache if possible, since the gateway reports deleted channels immediately. Null if there is no such channel. */
  channelOf(id: string): Promise<Channel | null>
  /**
   * Whether a person is in a thread. A yes may be `maxAge` milliseconds old, by default a minute; a no only that old,
   * because they may have joined just now.
   */
  isMember(threadId: string, userId: string, maxAgeOfNo: number, maxAge?: number): Promise<boolean>
}

export function createPlaces(client: Client<true>, channels: Channels): Places {
  const asked = new Lookups<Channel | null>({
    ask: (id) => unless(channels.channel(id), (error) => codeOf(error) === CODES.unknownChannel),
    capacity: KEPT.channels,
  })
  // Keyed by thread and person.
  const members = new Lookups<boolean>({
    ask: async (key) => {
      const [threadId = '', userId = ''] = key.split(' ')
      const member = client.rest.get(Routes.threadMembers(threadId, userId))
      return (await unless(member, isNoMember)) !== null
    },
    capacity: KEPT.members,
  })

  return {
    isMember: async (threadId, userId, maxAgeOfNo, maxAge = FRESH.member) => {
      const key = `${threadId} ${userId}`
      return (await members.get(key, maxAge)) || members.get(key, maxAgeOfNo)
    },
    channelOf: async (id) => client.channels.cache.get(id) ?? asked.get(id, FRESH.channel),
  }
}

/** The result of the cached roles and channels, if it matches what Discord says for the person's current place. */
function cachedPermissions(doer: Doer, there: Channel): Permissions | null {
  const { channel: here, memberPermissions: said, member, guildId } = doer
  if (there.isDMBased() || there.guildId !== guildId) return null
  if (!(member instanceof GuildMember) || !here || here.isDMBased()) return null
  const cached = here.permissionsFor(member)
  // A cached role may be missing or outdated.
  if (!said || !cached || !FLAGS.every((flag) => cached.has(flag) === said.has(flag))) return null
  return there.permissionsFor(member)
}

/** `isThread` is undefined if unknown. */
export function rightsOf(permissions: Permissions, isThread: boolean | undefined): Rights {
  const see = permissions.has(ViewChannel)
  const write =
    isThread === undefined
      ? permissions.any([SendMessages, SendMessagesInThreads])
      : permissions.has(isThread ? SendMessagesInThreads : SendMessages)
  const [manage, manageWorkspace] = [permissions.has(ManageMessages), permissions.has(ManageGuild)]
  return { see, write: see && write, manage, manageWorkspace, authorKeeps: false }
}

/** https://discord.com/developers/docs/resources/channel#get-thread-member */
function isNoMember(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 404 && codeOf(error) !== CODES.unknownChannel
}

/** Null if the request fails with this code. */
async function unless<T>(asking: Promise<T>, isExpected: (error: unknown) => boolean): Promise<T | null> {
  try {
    return await asking
  } catch (error) {
    if (isExpected(error)) return null
    throw error
  }
}
