import { ChannelType, MessageFlags } from 'discord.js'
import { formErrors } from '../checks/form-errors.ts'
import { announce, postPlain, publicMessage } from '../messages.ts'
import { channelForBot, may } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import type { Channel, Json } from '../types.ts'
import { channelToWire, threadMemberToWire } from '../wire.ts'
import { addChannel, type World } from '../world.ts'
import { type Call, NO_CONTENT, type Route, route } from './route.ts'

const AUTO_ARCHIVE = [60, 1440, 4320, 10_080]
const THREAD_CREATED = 18
const THREAD_STARTER = 21

/** https://discord.com/developers/docs/topics/threads */
export const threadRoutes: Route[] = [
  route('POST', '/channels/{channel_id}/messages/{message_id}/threads', ({ world, param, body }) => {
    const channel = channelForBot(world, param('channel_id'))
    if (channel.type !== ChannelType.GuildText) throw refuse.wrongChannelType()
    if (!may(world, channel, world.bot.id, 'CreatePublicThreads')) throw refuse.missingPermissions()
    const message = publicMessage(channel, param('message_id'))
    if (message.threadId !== null || world.channels.has(message.id)) throw refuse.threadAlreadyCreated()
    checkThread(body)
    const thread = openThread(world, channel, body, message.id, ChannelType.PublicThread)
    message.threadId = thread.id
    message.flags |= MessageFlags.HasThread
    postPlain(world, thread, { authorId: message.authorId, type: THREAD_STARTER })
    announce(world, 'MESSAGE_UPDATE', message)
    return { status: 201, body: channelToWire(world, thread) }
  }),
  route('POST', '/channels/{channel_id}/threads', ({ world, param, body }) => {
    const channel = channelForBot(world, param('channel_id'))
    if (channel.type !== ChannelType.GuildText) throw refuse.wrongChannelType()
    checkThread(body)
    const isPublic = body.type === ChannelType.PublicThread
    if (!may(world, channel, world.bot.id, isPublic ? 'CreatePublicThreads' : 'CreatePrivateThreads')) {
      throw refuse.missingPermissions()
    }
    // Without a type this creates a private thread:
    // https://discord.com/developers/docs/resources/channel#start-thread-without-message
    const type = isPublic ? ChannelType.PublicThread : ChannelType.PrivateThread
    const thread = openThread(world, channel, body, world.nextId(), type)
    if (isPublic) {
      const notice = postPlain(
        world,
        channel,
        { authorId: world.bot.id, type: THREAD_CREATED },
        { content: thread.name },
      )
      notice.threadId = thread.id
    }
    return { status: 201, body: channelToWire(world, thread) }
  }),
  route('GET', '/channels/{channel_id}/thread-members', ({ world, param }) => {
    const thread = threadOf(world, param('channel_id'))
    return {
      status: 200,
      body: [...thread.state.members].map((id) => threadMemberToWire(thread.channel, id)),
    }
  }),
  route('GET', '/channels/{channel_id}/thread-members/{user_id}', ({ world, param }) => {
    const thread = threadOf(world, param('channel_id'))
    const userId = param('user_id') === '@me' ? world.bot.id : param('user_id')
    if (!thread.state.members.has(userId)) throw refuse.unknownMember()
    return { status: 200, body: threadMemberToWire(thread.channel, userId) }
  }),
  ...['PUT', 'DELETE'].flatMap((method) => [
    route(method, '/channels/{channel_id}/thread-members/@me', (call) =>
      changeMember(call, method, call.world.bot.id),
    ),
    route(method, '/channels/{channel_id}/thread-members/{user_id}', (call) =>
      changeMember(call, method, call.param('user_id')),
    ),
  ]),
  route('GET', '/guilds/{guild_id}/threads/active', ({ world, param }) => {
    const threads = [...world.channels.values()].filter(
      (channel) => channel.guildId === param('guild_id') && channel.thread?.archived === false,
    )
    return listing(world, threads)
  }),
  route('GET', '/channels/{channel_id}/threads/archived/public', ({ world, param }) => {
    const parent = channelForBot(world, param('channel_id'), ['ReadMessageHistory'])
    const threads = [...world.channels.values()].filter(
      (channel) => channel.parentId === parent.id && channel.thread?.archived === true,
    )
    return listing(world, threads)
  }),
]

/** PATCH of a thread: its owner may rename, archive and reopen it; anything else requires Manage Threads. */
export function changeThread(world: World, channel: Channel, body: Json): void {
  const { thread } = channel
  if (thread === null) throw refuse.wrongChannelType()
  const manages = may(world, channel, world.bot.id, 'ManageThreads')
  const opens = body.archived === false
  if (thread.archived && !opens) throw refuse.archivedThread()
  if (thread.locked && !manages) throw refuse.missingPermissions()
  // Anyone who can write in an unlocked thread can reopen it.
  const onlyOpens = opens && Object.keys(body).every((key) => key === 'archived')
  const mayOpen = may(world, channel, world.bot.id, 'SendMessagesInThreads')
  if (!manages && thread.ownerId !== world.bot.id && !(onlyOpens && mayOpen))
    throw refuse.missingPermissions()
  if (body.locked !== undefined && body.locked !== thread.locked && !manages)
    throw refuse.missingPermissions()
  checkThread(body, true)
  if (typeof body.name === 'string') channel.name = body.name
  if (typeof body.locked === 'boolean') thread.locked = body.locked
  if (typeof body.archived === 'boolean' && body.archived !== thread.archived) {
    thread.archived = body.archived
    thread.archivedAt = new Date(world.clock.now()).toISOString()
  }
  if (typeof body.auto_archive_duration === 'number') thread.autoArchiveDuration = body.auto_archive_duration
  if (typeof body.rate_limit_per_user === 'number') thread.rateLimitPerUser = body.rate_limit_per_user
  world.dispatch('THREAD_UPDATE', channelToWire(world, channel))
}

/** Posting reopens an archived thread, unless it is locked. */
export function unarchiveToPost(world: World, channel: Channel): void {
  const { thread } = channel
  if (thread === null) return
  const manages = may(world, channel, world.bot.id, 'ManageThreads')
  if (thread.locked && !manages) throw thread.archived ? refuse.archivedThread() : refuse.threadLocked()
  if (!thread.archived) return
  thread.archived = false
  world.dispatch('THREAD_UPDATE', channelToWire(world, channel))
}

/** Creates a thread with these members; the first one owns it. */
export function openThread(
  world: World,
  parent: Channel,
  body: Json,
  id: string,
  type: number,
  people: readonly string[] = [world.bot.id],
): Channel {
  const now = new Date(world.clock.now()).toISOString()
  const thread = addChannel(world, {
    id,
    type,
    name: String(body.name),
    guildId: parent.guildId,
    parentId: parent.id,
    thread: {
      ownerId: people[0] ?? world.bot.id,
      archived: false,
      locked: false,
      autoArchiveDuration: typeof body.auto_archive_duration === 'number' ? body.auto_archive_duration : 4320,
      rateLimitPerUser: typeof body.rate_limit_per_user === 'number' ? body.rate_limit_per_user : 0,
      archivedAt: now,
      createdAt: now,
      members: new Set(people),
    },
  })
  world.dispatch('THREAD_CREATE', { ...channelToWire(world, thread), newly_created: true })
  return thread
}

function checkThread(body: Json, partial = false): void {
  const errors = formErrors()
  if (!partial || (body.name !== undefined && body.name !== null)) errors.text(['name'], body.name, 1, 100)
  if (
    body.auto_archive_duration !== undefined &&
    !AUTO_ARCHIVE.includes(Number(body.auto_archive_duration))
  ) {
    errors.add(
      ['auto_archive_duration'],
      'BASE_TYPE_CHOICES',
      `Value must be one of {${AUTO_ARCHIVE.join(', ')}}.`,
    )
  }
  errors.integer(['rate_limit_per_user'], body.rate_limit_per_user, 0, 21_600)
  errors.refuseIfAny()
}

function threadOf(world: World, id: string) {
  const channel = channelForBot(world, id)
  if (channel.thread === null) throw refuse.wrongChannelType()
  return { channel, state: channel.thread }
}

function changeMember({ world, param }: Call, method: string, userId: string) {
  const { channel, state } = threadOf(world, param('channel_id'))
  if (state.archived) throw refuse.archivedThread()
  if (!world.users.has(userId)) throw refuse.unknownUser()
  const removesAnother = method === 'DELETE' && userId !== world.bot.id
  if (removesAnother && !may(world, channel, world.bot.id, 'ManageThreads')) throw refuse.missingPermissions()
  if (method === 'PUT') {
    if (userId !== world.bot.id && !may(world, channel, world.bot.id, 'SendMessagesInThreads')) {
      throw refuse.missingPermissions()
    }
    state.members.add(userId)
  } else {
    state.members.delete(userId)
  }
  world.dispatch('THREAD_MEMBERS_UPDATE', {
    id: channel.id,
    guild_id: channel.guildId,
    member_count: state.members.size,
    ...(method === 'PUT'
      ? { added_members: [threadMemberToWire(channel, userId)] }
      : { removed_member_ids: [userId] }),
  })
  return NO_CONTENT
}

function listing(world: World, threads: readonly Channel[]) {
  const seen = threads.filter((thread) => may(world, thread, world.bot.id, 'ViewChannel'))
  return {
    status: 200,
    body: {
      threads: seen.map((thread) => channelToWire(world, thread)),
      members: seen.map((thread) => threadMemberToWire(thread, world.bot.id)),
      has_more: false,
    },
  }
}
