import { MessageFlags } from 'discord.js'
import { sizeLimit } from './attachments.ts'
import { may, permissionsIn } from './permissions.ts'
import { plainModal, plainText } from './plain-text.ts'
import type { Channel, Choice, InteractionState, Json, Message, ModalForm, User } from './types.ts'
import { until } from './waiting.ts'
import { channelToWire, memberToWire, messageToWire, userToWire } from './wire.ts'
import { newToken, type World } from './world.ts'

export interface Modal extends ModalForm {
  /** The interaction that opened it. */
  opener: Interaction
  /** As written by `plainModal`. */
  text: string
}

/** An action of a person, and the bot's response. Everything that waits gives up after 30 s. */
export interface Interaction {
  readonly id: string
  readonly user: User
  readonly state: InteractionState
  /** The first acknowledgement: its type (4 message, 5 deferred, 6, 7 update, 8 choices, 9 form) and data. */
  acknowledged(): Promise<{ type: number; at: number; data: Json }>
  /** Milliseconds from the interaction to its acknowledgement. */
  latency(): Promise<number>
  /** The answer, once it is more than “thinking”; after an update, the updated message. */
  response(): Promise<Message>
  /** The form that it opened; rejects immediately if it is answered differently. */
  modal(): Promise<Modal>
  /** The suggestions of an autocompletion. */
  choices(): Promise<Choice[]>
  /** At least `count` finished answers that only this person sees. */
  privateMessages(count?: number): Promise<Message[]>
  /** At least `count` finished messages beyond the first answer. */
  followups(count?: number): Promise<Message[]>
  /** Every message created for it so far that still exists. */
  messages(): Message[]
  /** The bot's refused requests for it. */
  readonly refusals: InteractionState['refusals']
  /** Makes it unknown (10062) and its token invalid (50027). */
  expire(): void
}

export interface InteractionInput {
  type: number
  user: User
  channel: Channel
  data: Json
  commandName?: string
  source?: Message | null
}

/** Creates an interaction and sends it to the bot. */
export function beginInteraction(world: World, input: InteractionInput): Interaction {
  const { type, user, channel, data } = input
  if (!may(world, channel, user.id, 'ViewChannel')) {
    throw new Error(`${user.username} cannot see the channel “${channel.name}”.`)
  }
  const state: InteractionState = {
    id: world.nextId(),
    token: newToken(),
    type,
    userId: user.id,
    channelId: channel.id,
    guildId: channel.guildId,
    createdAt: world.clock.now(),
    commandName: input.commandName ?? null,
    sourceMessageId: input.source?.id ?? null,
    expired: false,
    callback: null,
    originalId: null,
    messageIds: [],
    modal: null,
    choices: null,
    refusals: [],
  }
  world.interactions.set(state.token, state)
  world.dispatch('INTERACTION_CREATE', payload(world, state, input, data))
  world.changed()
  return follow(world, state, user, channel)
}

function payload(
  world: World,
  state: InteractionState,
  { user, channel, source }: InteractionInput,
  data: Json,
): object {
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId)
  const member = guild?.members.get(user.id)
  return {
    id: state.id,
    application_id: world.bot.id,
    type: state.type,
    token: state.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: channelToWire(world, channel, user.id),
    ...(guild === undefined || member === undefined
      ? { user: userToWire(user), context: 1 }
      : {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          context: 0,
          member: {
            ...memberToWire(world, member),
            permissions: permissionsIn(world, channel, user.id).toString(),
          },
        }),
    ...(source == null ? {} : { message: messageToWire(world, source) }),
    locale: user.locale,
    app_permissions: permissionsIn(world, channel, world.bot.id).toString(),
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id ?? '0' },
    attachment_size_limit: Math.max(
      world.saidUploadLimit ?? sizeLimit(world, channel.guildId),
      user.uploadLimit,
    ),
  }
}

function follow(world: World, state: InteractionState, user: User, channel: Channel): Interaction {
  const name = `interaction “${state.commandName ?? state.id}” of ${user.username}`
  const finished = (message: Message | undefined): message is Message =>
    message !== undefined && (message.flags & MessageFlags.Loading) === 0
  const messages = () => state.messageIds.flatMap((id) => channel.messages.get(id) ?? [])
  const acknowledged = () => until(world, () => state.callback, `an acknowledgement of the ${name}`)
  const interaction: Interaction = {
    id: state.id,
    user,
    state,
    refusals: state.refusals,
    acknowledged,
    latency: async () => (await acknowledged()).at - state.createdAt,
    response: async () => {
      const { type } = await acknowledged()
      if (type === 8 || type === 9)
        throw new Error(
          `The ${name} was answered with ${type === 9 ? 'a form' : 'choices'}, not with a message.`,
        )
      return until(
        world,
        () => {
          const message = channel.messages.get(state.originalId ?? '')
          return finished(message) ? message : null
        },
        `the answer to the ${name}`,
      )
    },
    modal: async () => {
      const { type } = await acknowledged()
      if (state.modal === null) {
        const message = channel.messages.get(state.originalId ?? '')
        const instead = message === undefined ? '' : `: ${plainText(message)}`
        throw new Error(`The ${name} was answered with type ${type}, not with a form${instead}`)
      }
      return { ...state.modal, opener: interaction, text: plainModal(state.modal) }
    },
    choices: async () => {
      await acknowledged()
      if (state.choices === null) throw new Error(`The ${name} was not answered with choices.`)
      return state.choices
    },
    privateMessages: (count = 1) =>
      until(
        world,
        () => {
          const found = messages().filter((message) => message.visibleTo === user.id && finished(message))
          return found.length >= count ? found : null
        },
        `${count} private message(s) after the ${name}`,
      ),
    followups: (count = 1) =>
      until(
        world,
        () => {
          const found = messages().filter((message) => message.id !== state.originalId && finished(message))
          return found.length >= count ? found : null
        },
        `${count} followup(s) to the ${name}`,
      ),
    messages,
    expire: () => {
      state.expired = true
    },
  }
  return interaction
}
