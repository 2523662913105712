import { formErrors } from '../checks/form-errors.ts'
import { inGuild } from '../messages.ts'
import { channelForBot, may, sendPermission } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import type { Channel } from '../types.ts'
import { channelToWire } from '../wire.ts'
import type { World } from '../world.ts'
import { NO_CONTENT, type Route, route } from './route.ts'
import { changeThread } from './threads.ts'

export const channelRoutes: Route[] = [
  route('GET', '/channels/{channel_id}', ({ world, param }) => ({
    status: 200,
    body: channelToWire(world, channelForBot(world, param('channel_id'))),
  })),
  route('PATCH', '/channels/{channel_id}', ({ world, param, body }) => {
    const channel = channelForBot(world, param('channel_id'))
    if (channel.thread !== null) {
      changeThread(world, channel, body)
    } else {
      if (channel.guildId === null) throw refuse.notInDirectMessages()
      if (!may(world, channel, world.bot.id, 'ManageChannels')) throw refuse.missingPermissions()
      const errors = formErrors()
      if (body.name !== undefined) errors.text(['name'], body.name, 1, 100)
      errors.refuseIfAny()
      if (typeof body.name === 'string') channel.name = body.name
      world.dispatch('CHANNEL_UPDATE', channelToWire(world, channel))
    }
    return { status: 200, body: channelToWire(world, channel) }
  }),
  route('DELETE', '/channels/{channel_id}', ({ world, param }) => {
    const channel = channelForBot(world, param('channel_id'))
    const permission = channel.thread === null ? 'ManageChannels' : 'ManageThreads'
    if (channel.guildId !== null && !may(world, channel, world.bot.id, permission))
      throw refuse.missingPermissions()
    const body = channelToWire(world, channel)
    removeChannel(world, channel)
    return { status: 200, body }
  }),
  route('POST', '/channels/{channel_id}/typing', ({ world, param }) => {
    const channel = channelForBot(world, param('channel_id'))
    if (channel.guildId !== null && !may(world, channel, world.bot.id, sendPermission(channel))) {
      throw refuse.missingPermissions()
    }
    channel.typing.push(world.clock.now())
    return NO_CONTENT
  }),
]

/** Removes a channel with its threads. A DM is only closed, and continues to exist. */
export function removeChannel(world: World, channel: Channel): void {
  if (channel.guildId === null) return
  for (const other of [...world.channels.values()])
    if (other.parentId === channel.id) removeChannel(world, other)
  world.channels.delete(channel.id)
  if (channel.thread === null) {
    world.dispatch('CHANNEL_DELETE', channelToWire(world, channel))
  } else {
    const parent = world.channels.get(channel.parentId ?? '')
    const starter = parent?.messages.get(channel.id)
    if (starter !== undefined) starter.threadId = null
    world.dispatch('THREAD_DELETE', {
      id: channel.id,
      parent_id: channel.parentId,
      type: channel.type,
      ...inGuild(channel),
    })
  }
}
