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

/** The interactions that Rushes responds to: commands, buttons, menus and forms. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | AnySelectMenuInteraction
  | ModalSubmitInteraction

/** The ways to respond to an interaction with its own token, for which the bot's permissions don't matter. */
export interface Answers {
  /** “Thinking…”, visible to everyone or only to this person. @returns false if it had already been acknowledged. */
  defer(audience: 'all' | 'one'): Promise<boolean>
  /** Acknowledges an interaction that came from a message, without showing anything. */
  deferUpdate(): Promise<boolean>
  form(modal: APIModalInteractionResponseCallbackData): Promise<void>
  /** Shows a message only to this person. */
  show(payload: Payload): Promise<void>
  /** Replaces the message it came from. */
  update(payload: Payload): Promise<void>
  /** Replaces a response; `@original` is the first one, or the message it came from. */
  edit(messageId: string, payload: Payload): Promise<APIMessage>
  /** Deletes the first response. */
  remove(): Promise<void>
  /** Sends another message, only to this person. @returns its id. */
  followUp(payload: Payload): Promise<string>
}

/** @param answered called when Discord has accepted the first response. */
export function answersTo(interaction: Answerable, store: Store, answered: () => void): Answers {
  const { rest } = interaction.client
  const webhook = Routes.webhook(interaction.applicationId, interaction.token)
  const original = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original')

  /** @returns false if it had already been acknowledged, because the response to a first attempt was lost. */
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
    // Clients remember the choice in a menu, and send nothing if it is chosen again, until the message is updated; an empty
    // update is enough: https://github.com/discord/discord-api-docs/issues/3441
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
