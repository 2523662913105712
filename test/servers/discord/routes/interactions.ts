import { MessageFlags } from 'discord.js'
import { checkChoices } from '../checks/commands.ts'
import { formErrors, isObject } from '../checks/form-errors.ts'
import { checkModal } from '../checks/modal.ts'
import { createMessage, editMessage, postPlain } from '../messages.ts'
import { Refusal, refuse } from '../refusal.ts'
import type { Channel, Choice, InteractionState, Json, Message } from '../types.ts'
import { messageToWire } from '../wire.ts'
import type { World } from '../world.ts'
import { type Call, NO_CONTENT, type Route, route } from './route.ts'

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback */
const ACKNOWLEDGE_WITHIN = 3000
const COMMAND = 2
const COMPONENT = 3
const AUTOCOMPLETE = 4
const MODAL = 5
/** The interaction types that each type of answer is valid for. 6 and 7 need a message that the interaction came from. */
const FITS: Record<number, readonly number[]> = {
  4: [COMMAND, COMPONENT, MODAL],
  5: [COMMAND, COMPONENT, MODAL],
  6: [COMPONENT, MODAL],
  7: [COMPONENT, MODAL],
  8: [AUTOCOMPLETE],
  9: [COMMAND, COMPONENT],
}

export const interactionRoutes: Route[] = [
  route('POST', '/interactions/{interaction_id}/{interaction_token}/callback', acknowledge, false),
]

function acknowledge(call: Call) {
  const { world, param } = call
  const interaction = world.interactions.get(param('interaction_token'))
  if (interaction === undefined || interaction.id !== param('interaction_id'))
    throw refuse.unknownInteraction()
  return remembering(interaction, () => {
    if (interaction.callback !== null) throw refuse.alreadyAcknowledged()
    if (interaction.expired || world.clock.now() - interaction.createdAt > ACKNOWLEDGE_WITHIN) {
      throw refuse.unknownInteraction()
    }
    const channel = world.channels.get(interaction.channelId)
    if (channel === undefined) throw refuse.unknownChannel()
    const type = Number(call.body.type)
    const data = isObject(call.body.data) ? call.body.data : {}
    const fits = FITS[type]?.includes(interaction.type) === true
    if (!fits || ((type === 6 || type === 7) && interaction.sourceMessageId === null)) {
      const errors = formErrors()
      errors.add(
        ['type'],
        'INTERACTION_CALLBACK_TYPE_INVALID',
        'This type of answer does not fit this interaction.',
      )
      errors.refuseIfAny()
    }
    const message = answer(call, channel, interaction, type, data)
    interaction.callback = { type, at: world.clock.now(), data }
    world.changed()
    if (call.query.get('with_response') !== 'true') return NO_CONTENT
    return { status: 200, body: withResponse(world, interaction, type, message) }
  })
}

/** Records a refusal where the test that caused the interaction looks for it. */
export function remembering<T>(interaction: InteractionState, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refusal) {
      interaction.refusals.push({
        status: error.status,
        code: error.code,
        message: JSON.stringify(error.body()),
      })
    }
    throw error
  }
}

function answer(
  call: Call,
  channel: Channel,
  interaction: InteractionState,
  type: number,
  data: Json,
): Message | null {
  const { world, uploads } = call
  const draft = { body: data, uploads, prefix: ['data'] }
  const source = channel.messages.get(interaction.sourceMessageId ?? '')
  switch (type) {
    case 4: {
      const message = createMessage(world, channel, draft, originOf(world, interaction, data))
      interaction.originalId = message.id
      interaction.messageIds.push(message.id)
      return message
    }
    case 5: {
      const flags = typeof data.flags === 'number' ? data.flags : 0
      const message = postPlain(world, channel, originOf(world, interaction, data), {
        flags: MessageFlags.Loading | (flags & MessageFlags.Ephemeral),
      })
      interaction.originalId = message.id
      interaction.messageIds.push(message.id)
      return message
    }
    case 6:
      interaction.originalId = interaction.sourceMessageId
      return source ?? null
    case 7:
      if (source === undefined) throw refuse.unknownMessage()
      interaction.originalId = source.id
      return editMessage(world, channel, source, draft)
    case 8: {
      const errors = formErrors(['data'])
      const choices = errors.list(['choices'], data.choices, 0, 25)
      if (!Array.isArray(data.choices))
        errors.add(['choices'], 'BASE_TYPE_REQUIRED', 'This field is required')
      const first = choices[0]
      const valueType = isObject(first) && typeof first.value === 'number' ? 10 : 3
      checkChoices(errors, [], choices, valueType)
      errors.refuseIfAny()
      interaction.choices = choices as Choice[]
      return null
    }
    default: {
      const errors = formErrors(['data'])
      checkModal(errors, data)
      errors.refuseIfAny()
      interaction.modal = {
        customId: String(data.custom_id),
        title: String(data.title),
        components: structuredClone(Array.isArray(data.components) ? data.components : []),
      }
      return null
    }
  }
}

export function originOf(world: World, interaction: InteractionState, body: Json) {
  const ephemeral = typeof body.flags === 'number' && (body.flags & MessageFlags.Ephemeral) !== 0
  return {
    authorId: world.bot.id,
    visibleTo: ephemeral ? interaction.userId : null,
    interaction: {
      id: interaction.id,
      type: interaction.type,
      userId: interaction.userId,
      name: interaction.commandName,
    },
  }
}

function withResponse(
  world: World,
  interaction: InteractionState,
  type: number,
  message: Message | null,
): object {
  const ephemeral = message !== null && message.visibleTo !== null
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message === null
        ? {}
        : {
            response_message_id: message.id,
            response_message_loading: (message.flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: ephemeral,
          }),
    },
    ...(type === 8 || type === 9
      ? {}
      : { resource: { type, ...(message === null ? {} : { message: messageToWire(world, message) }) } }),
  }
}
