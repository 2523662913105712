import { createHash } from 'node:crypto'
import {
  type APIChannel,
  type APIMessage,
  type APIThreadChannel,
  type Client,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js'
import type { AssetStore } from '../../core/assets/store.ts'
import { type Chat, type EarlierTry, PermissionError, type Sent, type Spot } from '../chat.ts'
import { shorten } from '../view/shorten.ts'
import type { MessageView } from '../view/types.ts'
import { wordsFor } from '../words/index.ts'
import { readFiles, sentFiles } from './attach.ts'
import { codeOf, isTooLarge, neutralError } from './failures.ts'
import { findEarlier, marked } from './find.ts'
import { CODES, LIMITS, UPLOAD_DEFAULT } from './limits.ts'
import { messagePayload, type Payload } from './message.ts'
import { firstMissing, TO_OPEN_THREADS } from './permissions.ts'
import { holdsPosts, type Places, takesThreads } from './places.ts'
import { presentIn } from './present.ts'

/** A week: after that without a word a thread leaves the list of active ones; posting brings it back. */
const AUTO_ARCHIVE = ThreadAutoArchiveDuration.OneWeek
const NO_TRY: EarlierTry = { at: null, event: null }

/** How drafts reach Discord, through the bot's own token, so that no answer of it depends on how old an interaction is. */
export function createChat(client: Client<true>, places: Places, store: AssetStore): Chat {
  const { rest } = client

  /** Runs a request in a channel; an archived thread is opened for it. */
  async function inChannel<T>(channelId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work().catch(async (error: unknown) => {
        if (codeOf(error) !== CODES.threadArchived) throw error
        await rest.patch(Routes.channel(channelId), { body: { archived: false } })
        return work()
      })
    } catch (error) {
      if (isTooLarge(error)) await expectLess(channelId)
      throw await neutralError(error, () => places.missing(channelId))
    }
  }

  /** A file within the limit that we knew was too large: from now on we count on what everybody has, or on less. */
  async function expectLess(channelId: string): Promise<void> {
    const channel = await places.channel(channelId)
    const known = await places.uploadLimit(channelId)
    const less = known > UPLOAD_DEFAULT ? UPLOAD_DEFAULT : Math.floor(known * 0.8)
    places.noteUploadLimit(channel.isDMBased() ? channelId : channel.guildId, less)
  }

  async function post(
    channelId: string,
    payload: Payload,
    nonce: string,
    earlier: EarlierTry = NO_TRY,
  ): Promise<Sent> {
    const before = await findEarlier({ rest, botId: client.user.id }, channelId, nonce, earlier)
    if (before) return sentOf(payload, before)
    const body = { ...marked(payload.body, nonce), nonce: nonceOf(nonce), enforce_nonce: true }
    const files = await readFiles(store, payload.files)
    const message = (await rest.post(Routes.channelMessages(channelId), { body, files })) as APIMessage
    return sentOf(payload, message)
  }

  async function patch(channelId: string, messageId: string, payload: Payload): Promise<Sent> {
    const files = await readFiles(store, payload.files)
    const route = Routes.channelMessage(channelId, messageId)
    const message = (await rest.patch(route, { body: payload.body, files })) as APIMessage
    return sentOf(payload, message)
  }

  return {
    surface: 'discord',
    playsInline: true,
    threadOpensWithTop: false,
    editInterval: 2000,

    send: (spot, view, nonce, triedAt = null) => {
      const channelId = where(spot)
      const earlier = { at: triedAt, event: null }
      return inChannel(channelId, () => post(channelId, messagePayload(view), nonce, earlier))
    },

    edit: (spot, messageId, view, files) => {
      const channelId = where(spot)
      return inChannel(channelId, async () => {
        try {
          return await patch(channelId, messageId, messagePayload(view, files))
        } catch (error) {
          // A file that we took to be in the message may have been taken out of it: then all are sent again.
          if (codeOf(error) !== CODES.invalidForm || Object.keys(files).length === 0) throw error
          return patch(channelId, messageId, messagePayload(view))
        }
      })
    },

    remove: (spot, messageId) => {
      const channelId = where(spot)
      return inChannel(channelId, async () => {
        await rest.delete(Routes.channelMessage(channelId, messageId))
      })
    },

    present: async (spot, messageIds) => {
      const channelId = where(spot)
      const found = await inChannel(channelId, () => presentIn(rest, channelId, messageIds))
      if (found.size === 0 && messageIds.length > 0) {
        // Without this permission every channel looks empty.
        const missing = firstMissing(await places.permissions(channelId), ['ReadMessageHistory'])
        if (missing !== null) throw new PermissionError(missing)
      }
      return found
    },

    openThread: async (channelId, name, announcement, nonce, earlier) =>
      inChannel(channelId, async () => {
        const channel = await places.channel(channelId)
        if (holdsPosts(channel)) return openPost(channelId, name, announcement)
        const refused = firstMissing(await places.permissions(channelId), TO_OPEN_THREADS) !== null
        if (!takesThreads(channel) || refused) {
          const words = wordsFor(channel.isDMBased() ? null : channel.guild.preferredLocale)
          const view = withSentence(announcement, words.draft.noThread)
          return {
            channelId,
            threadId: null,
            ...(await post(channelId, messagePayload(view), nonce, earlier)),
          }
        }
        const sent = await post(channelId, messagePayload(announcement), nonce, earlier)
        return { channelId, threadId: await startThread(client, channelId, sent.messageId, name), ...sent }
      }),

    uploadLimit: (spot) => inChannel(where(spot), async () => places.uploadLimit(where(spot))),

    link: (spot, messageId) =>
      inChannel(where(spot), async () => {
        const channel = await places.channel(where(spot))
        const guild = channel.isDMBased() ? '@me' : channel.guildId
        const parts = [guild, channel.id, ...(messageId === null ? [] : [messageId])]
        return `https://discord.com/channels/${parts.join('/')}`
      }),
  }

  async function openPost(channelId: string, name: string, announcement: MessageView) {
    const payload = messagePayload(announcement)
    const body = { name: threadName(name), auto_archive_duration: AUTO_ARCHIVE, message: payload.body }
    const files = await readFiles(store, payload.files)
    const thread = (await rest.post(Routes.threads(channelId), { body, files })) as APIThreadChannel
    // The first message of a post has the id of the post.
    return { channelId, threadId: thread.id, messageId: thread.id, files: {} }
  }
}

/** Starts a thread from a message. @returns its id, which is that of the message. */
export async function startThread(
  client: Client<true>,
  channelId: string,
  messageId: string,
  name: string,
): Promise<string> {
  const body = { name: threadName(name), auto_archive_duration: AUTO_ARCHIVE }
  try {
    const thread = (await client.rest.post(Routes.threads(channelId, messageId), { body })) as APIChannel
    return thread.id
  } catch (error) {
    // The answer to the first try was lost.
    if (codeOf(error) === CODES.threadAlreadyCreated) return messageId
    throw error
  }
}

/** The same message with one sentence more. */
export function withSentence(view: MessageView, sentence: string): MessageView {
  return { ...view, blocks: [...view.blocks, { type: 'text', text: sentence }] }
}

function where({ channelId, threadId }: Spot): string {
  return threadId ?? channelId
}

function sentOf(payload: Payload, message: APIMessage): Sent {
  return { messageId: message.id, files: sentFiles(payload.files, message) }
}

function threadName(name: string): string {
  return shorten(name.replace(/\s+/g, ' ').trim().toWellFormed(), LIMITS.thread.name) || 'Rushes'
}

/** Discord's nonces are short. */
function nonceOf(nonce: string): string {
  return createHash('sha256').update(nonce).digest('base64url').slice(0, LIMITS.nonce)
}
