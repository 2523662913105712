import type { types, webApi } from '@slack/bolt'
import type { Chat, Reply } from '../../thread/chat.ts'
import { notice } from '../../thread/sentences.ts'
import type { FormView, MessageView } from '../../view/types.ts'
import type { Words } from '../../words/index.ts'
import { chatError, slackCode } from './errors.ts'
import type { SlackFiles } from './files.ts'
import type { FormAnswer } from './form-answer.ts'
import { fallbackText } from './message.ts'
import { modalOf } from './modal.ts'
import { type Origin, toMetadata } from './origin.ts'
import { persist } from './persist.ts'
import { respond } from './respond.ts'

/** The dependencies of responses. */
export interface ReplyTools {
  client: webApi.WebClient
  files: SlackFiles
  chat: Chat
  botName: string
}

export interface SlackReply extends Reply {
  /**
   * Called when the handler is done, to remove a private message whose button has done its work, so that it isn't pressed
   * again.
   */
  finish(): Promise<void>
}

/**
 * Responds to one person. Commands and buttons have already been acknowledged; a submitted form is answered through `form`,
 * with field errors or by closing it.
 */
export function createReply(
  { client, files, chat, botName }: ReplyTools,
  origin: Origin,
  words: Words,
  form?: { answer: FormAnswer; fields: string[] },
): SlackReply {
  let replaces = origin.onPrivateMessage
  let isAnswered = false

  async function privately(view: MessageView): Promise<void> {
    isAnswered = true
    await form?.answer.close()
    await files.withPictures(view, {}, undefined, async (blocks) => {
      const { responseUrl, threadId } = origin
      const message = { text: fallbackText(view), blocks }
      const isTaken = responseUrl !== null && (await respond(responseUrl, { ...message, replaces, threadId }))
      if (!isTaken) await postEphemeral(message)
    })
    // A command's response is replaced by the next one. After a button on a public message, that would replace the message itself.
    replaces ||= origin.isCommand
  }

  async function postEphemeral(message: { text: string; blocks: types.KnownBlock[] }): Promise<void> {
    const { channelId: channel, userId: user, threadId } = origin
    const thread = threadId === null ? {} : { thread_ts: threadId }
    try {
      await persist(() => client.chat.postEphemeral({ channel, user, ...message, ...thread }))
    } catch (error) {
      throw chatError(error, botName, origin.channelId)
    }
  }

  return {
    async openForm(view) {
      isAnswered = true
      const open = (fields: FormView['fields']) =>
        client.views.open({
          trigger_id: origin.triggerId,
          view: modalOf({ ...view, fields }, words, toMetadata(origin)),
        })
      try {
        const plain = view.fields.filter(({ type }) => type !== 'picture')
        await open(view.fields).catch((error: unknown) => {
          // An app installed before it could read files has no file fields; the others are still useful.
          if (plain.length === view.fields.length || !NO_FILES.has(slackCode(error) ?? '')) throw error
          return open(plain)
        })
      } catch (error) {
        const code = slackCode(error) ?? ''
        // Slack delivered the same press twice, and the form is already open.
        if (code === 'exchanged_trigger_id') return
        if (!TOO_LATE.has(code)) throw chatError(error, botName, origin.channelId)
        await privately(notice(words.formTooLate, 'bad'))
      }
    },
    async acknowledge() {
      await form?.answer.close()
    },
    privately,
    async refuseForm(errors, view) {
      const shown = Object.entries(errors).filter(([field]) => form?.fields.includes(field))
      const isShown = shown.length > 0 && (await form?.answer.refuse(Object.fromEntries(shown)))
      if (!isShown) await privately(view)
    },
    async openThread(name, announcement, nonce) {
      const opened = await chat.openThread(origin.channelId, name, announcement, nonce)
      await form?.answer.close()
      return opened
    },
    async finish() {
      if (origin.onPrivateMessage && !isAnswered) await privately(notice(words.private.done, 'good'))
    },
  }
}

const NO_FILES = new Set(['missing_scope', 'invalid_arguments'])

const TOO_LATE = new Set(['expired_trigger_id', 'trigger_expired', 'trigger_exchanged', 'invalid_trigger_id'])
