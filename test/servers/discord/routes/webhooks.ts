import { MessageFlags } from 'discord.js'
import { createMessage, deleteMessage, editMessage } from '../messages.ts'
import { refuse } from '../refusal.ts'
import type { Channel, InteractionState, Message } from '../types.ts'
import { messageToWire } from '../wire.ts'
import { originOf, remembering } from './interactions.ts'
import { refuseInArchive } from './messages.ts'
import { type Answer, type Call, NO_CONTENT, type Route, route } from './route.ts'

/** An interaction's token is valid for 15 minutes. */
const TOKEN_LIFE = 15 * 60_000
const BASE = '/webhooks/{webhook_id}/{webhook_token}'

interface Target {
  call: Call
  interaction: InteractionState
  channel: Channel
}

/** Messages using the token of an interaction; the bot's permissions in the channel don't matter here. */
export const webhookRoutes: Route[] = [
  ...['@original', '{message_id}'].flatMap((name) => {
    const template = `${BASE}/messages/${name}`
    return [
      forInteraction('GET', template, (target) => ({
        status: 200,
        body: messageToWire(target.call.world, messageOf(target)),
      })),
      forInteraction('PATCH', template, (target) => {
        const { world } = target.call
        refuseInArchive(target.channel)
        const message = editMessage(world, target.channel, messageOf(target), target.call)
        return { status: 200, body: messageToWire(world, message) }
      }),
      forInteraction('DELETE', template, (target) => {
        deleteMessage(target.call.world, target.channel, messageOf(target))
        return NO_CONTENT
      }),
    ]
  }),
  forInteraction('POST', BASE, ({ call, interaction, channel }) => {
    const { world } = call
    const original = channel.messages.get(interaction.originalId ?? '')
    // Right after a deferred answer, this edits that answer, for backwards compatibility:
    // https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
    if (
      interaction.callback?.type === 5 &&
      original !== undefined &&
      (original.flags & MessageFlags.Loading) !== 0
    ) {
      return { status: 200, body: messageToWire(world, editMessage(world, channel, original, call)) }
    }
    const message = createMessage(world, channel, call, {
      ...originOf(world, interaction, call.body),
      type: 0,
    })
    interaction.messageIds.push(message.id)
    return { status: 200, body: messageToWire(world, message) }
  }),
]

function forInteraction(method: string, template: string, act: (target: Target) => Answer): Route {
  const handle = (call: Call): Answer => {
    const { world, param } = call
    const interaction = world.interactions.get(param('webhook_token'))
    if (interaction === undefined || param('webhook_id') !== world.bot.id) throw refuse.invalidWebhookToken()
    return remembering(interaction, () => {
      if (interaction.expired || world.clock.now() - interaction.createdAt > TOKEN_LIFE) {
        throw refuse.invalidWebhookToken()
      }
      // Until the interaction is acknowledged it has no webhook.
      if (interaction.callback === null) throw refuse.unknownWebhook()
      const channel = world.channels.get(interaction.channelId)
      if (channel === undefined) throw refuse.unknownChannel()
      return act({ call, interaction, channel })
    })
  }
  return route(method, template, handle, false)
}

function messageOf({ call, interaction, channel }: Target): Message {
  const id = call.param('message_id') === '' ? interaction.originalId : call.param('message_id')
  const message = channel.messages.get(id ?? '')
  const mine = id === interaction.originalId || interaction.messageIds.includes(id ?? '')
  if (message === undefined || !mine) throw refuse.unknownMessage()
  return message
}
