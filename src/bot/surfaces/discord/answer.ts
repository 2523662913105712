import {
  type AnySelectMenuInteraction,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  InteractionResponseType,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  Routes,
} from 'discord.js'
import type { Store } from '../../../core/model/store.ts'
import { readFiles } from './attach.ts'
import { codeOf } from './errors.ts'
import { CODES } from './limits.ts'
import type { Payload } from './message.ts'

/** What Rushes answers: commands, buttons and menus, forms. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | AnySelectMenuInteraction
  | ModalSubmitInteraction

/** The ways to answer one interaction, with its own token; the bot's permissions do not matter for these. */
export interface Answers {
  /** “Thinking”, before all or this person only. @returns false when it had been acknowledged already. */
  defer(audience: 'all' | 'one'): Promise<boolean>
  /** Understood, without showing anything; for what came from a message. */
  deferUpdate(): Promise<boolean>
  form(modal: APIModalInteractionResponseCallbackData): Promise<void>
  /** Shows a message to this person only. */
  show(payload: Payload): Promise<void>
  /** Replaces the message that it came from. */
  update(payload: Payload): Promise<void>
  /** Replaces an answer; `@original` is the first one, or the message that it came from. */
  edit(messageId: string, payload: Payload): Promise<APIMessage>
  /** Takes the first answer away. */
  remove(): Promise<void>
  /** One more message, for this person only. @returns its id. */
  followUp(payload: Payload): Promise<string>
}

/** @param answered called when Discord has taken the first answer. */
export function answersTo(interaction: Answerable, store: Store, answered: () => void): Answers {
  const { rest } = interaction.client
  const webhook = Routes.webhook(interaction.applicationId, interaction.token)
  const original = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original')

  /** @returns false when it had been acknowledged already: the answer to a first try was lost on its way. */
  async function callback(
    type: InteractionResponseType,
    data: object | undefined,
    payload?: Payload,
  ): Promise<boolean> {
    const files = payload ? await readFiles(store, payload.files) : []
    const route = Routes.interactionCallback(interaction.id, interaction.token)
    try {
      const body = { type, ...(data !== undefined && { data }) }
      await rest.post(route, { body, files, auth: false })
      answered()
      return true
    } catch (error) {
      if (codeOf(error) === CODES.alreadyAcknowledged) return false
      throw error
    }
  }

  return {
    defer: async (audience) => {
      const data = { flags: audience === 'one' ? MessageFlags.Ephemeral : 0 }
      return callback(InteractionResponseType.DeferredChannelMessageWithSource, data)
    },
    // Clients keep what was chosen in a menu, and send nothing when it is chosen again, until its message is updated; an
    // update of nothing will do: https://github.com/discord/discord-api-docs/issues/3441
    deferUpdate: () =>
      interaction.isAnySelectMenu()
        ? callback(InteractionResponseType.UpdateMessage, {})
        : callback(InteractionResponseType.DeferredMessageUpdate, undefined),
    form: async (modal) => {
      await callback(InteractionResponseType.Modal, modal)
    },
    show: async (payload) => {
      const data = { ...payload.body, flags: payload.body.flags | MessageFlags.Ephemeral }
      await callback(InteractionResponseType.ChannelMessageWithSource, data, payload)
    },
    update: async (payload) => {
      await callback(InteractionResponseType.UpdateMessage, payload.body, payload)
    },
    edit: async (messageId, payload) => {
      const files = await readFiles(store, payload.files)
      const route = Routes.webhookMessage(interaction.applicationId, interaction.token, messageId)
      return (await rest.patch(route, { body: payload.body, files, auth: false })) as APIMessage
    },
    remove: async () => {
      await rest.delete(original, { auth: false })
    },
    followUp: async (payload) => {
      const files = await readFiles(store, payload.files)
      const body = { ...payload.body, flags: payload.body.flags | MessageFlags.Ephemeral }
      const query = new URLSearchParams({ wait: 'true' })
      return ((await rest.post(webhook, { body, files, auth: false, query })) as APIMessage).id
    },
  }
}
