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
  type RESTPostAPIInteractionCallbackWithResponseResult,
  Routes,
} from 'discord.js'
import type { AssetStore } from '../../core/assets/store.ts'
import { readFiles } from './attach.ts'
import { codeOf } from './failures.ts'
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
  /** “Thinking”, for this person only. @returns false when it had been acknowledged already. */
  defer(): Promise<boolean>
  /** Understood, without showing anything; for what came from a message. */
  deferUpdate(): Promise<boolean>
  form(modal: APIModalInteractionResponseCallbackData): Promise<void>
  /** Shows a message, to all or to this person only. @returns its id where that is known. */
  show(payload: Payload, audience: 'all' | 'one'): Promise<string>
  /** Replaces the message that it came from. */
  update(payload: Payload): Promise<void>
  /** Replaces an answer; `@original` is the first one, or the message that it came from. */
  edit(messageId: string, payload: Payload): Promise<void>
  /** One more message, for this person only. @returns its id. */
  followUp(payload: Payload): Promise<string>
}

export function answersTo(interaction: Answerable, store: AssetStore): Answers {
  const { rest } = interaction.client
  const webhook = Routes.webhook(interaction.applicationId, interaction.token)
  const original = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original')
  const withResponse = new URLSearchParams({ with_response: 'true' })

  /** @returns null when it had been acknowledged already: the answer to a first try was lost on its way. */
  async function callback(
    type: InteractionResponseType,
    data: object | undefined,
    payload?: Payload,
  ): Promise<RESTPostAPIInteractionCallbackWithResponseResult | null> {
    const files = payload ? await readFiles(store, payload.files) : []
    const route = Routes.interactionCallback(interaction.id, interaction.token)
    try {
      const body = { type, ...(data !== undefined && { data }) }
      const answer = await rest.post(route, { body, files, auth: false, query: withResponse })
      return answer as RESTPostAPIInteractionCallbackWithResponseResult
    } catch (error) {
      if (codeOf(error) === CODES.alreadyAcknowledged) return null
      throw error
    }
  }

  return {
    defer: async () => {
      const data = { flags: MessageFlags.Ephemeral }
      return (await callback(InteractionResponseType.DeferredChannelMessageWithSource, data)) !== null
    },
    deferUpdate: async () =>
      (await callback(InteractionResponseType.DeferredMessageUpdate, undefined)) !== null,
    form: async (modal) => {
      await callback(InteractionResponseType.Modal, modal)
    },
    show: async (payload, audience) => {
      const flags = payload.body.flags | (audience === 'one' ? MessageFlags.Ephemeral : 0)
      const data = { ...payload.body, flags }
      const answer = await callback(InteractionResponseType.ChannelMessageWithSource, data, payload)
      const known = answer?.resource?.message?.id ?? answer?.interaction.response_message_id
      if (known !== undefined) return known
      return ((await rest.get(original, { auth: false })) as APIMessage).id
    },
    update: async (payload) => {
      await callback(InteractionResponseType.UpdateMessage, payload.body, payload)
    },
    edit: async (messageId, payload) => {
      const files = await readFiles(store, payload.files)
      const route = Routes.webhookMessage(interaction.applicationId, interaction.token, messageId)
      await rest.patch(route, { body: payload.body, files, auth: false })
    },
    followUp: async (payload) => {
      const files = await readFiles(store, payload.files)
      const body = { ...payload.body, flags: payload.body.flags | MessageFlags.Ephemeral }
      const query = new URLSearchParams({ wait: 'true' })
      return ((await rest.post(webhook, { body, files, auth: false, query })) as APIMessage).id
    },
  }
}
