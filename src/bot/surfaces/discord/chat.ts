import { createHash } from 'node:crypto'
import {
  type APIChannel,
  type APIMessage,
  type Client,
  type RawFile,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js'
import type { Store } from '../../../core/model/store.ts'
import { type Chat, type EarlierTry, PermissionError, type Sent, type Spot } from '../../thread/chat.ts'
import { shorten } from '../../view/shorten.ts'
import type { Announcement, MessageView } from '../../view/types.ts'
import { readFiles, sentFiles } from './attach.ts'
import { type Channels, takesThreads } from './channels.ts'
import { chatError, codeOf, isTooLarge } from './errors.ts'
import { findEarlier, marked } from './find.ts'
import { CODES, DISCORD_LIMITS } from './limits.ts'
import { messagePayload, type Payload, silently } from './message.ts'
import { firstMissing, TO_OPEN_THREADS } from './permissions.ts'
import { presentIn } from './present.ts'

/** A week: after that long without a message, a thread leaves the list of active ones; posting brings it back. */
const AUTO_ARCHIVE = ThreadAutoArchiveDuration.OneWeek
const NO_TRY: EarlierTry = { at: null, event: null }

/** Posts drafts to Discord with the bot's own token, so that nothing depends on the age of an interaction. */
export function createChat(client: Client<true>, channels: Channels, store: Store): Chat {
  const { rest } = client

  /** Runs a request in a channel, unarchiving a thread if necessary. */
  async function inChannel<T>(channelId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work().catch(async (error: unknown) => {
        if (codeOf(error) !== CODES.threadArchived) throw error
        await rest.patch(Routes.channel(channelId), { body: { archived: false } })
        return work()
      })
    } catch (error) {
      throw await chatError(error, () => channels.missing(channelId))
    }
  }

  async function post(
    channelId: string,
    payload: Payload,
    nonce: string,
    earlier: EarlierTry = NO_TRY,
  ): Promise<Sent> {
    const before = await findEarlier({ rest, botId: client.user.id }, channelId, nonce, earlier)
    if (before) return sentOf(payload, before)
    const marks = { nonce: nonceOf(nonce), enforce_nonce: true }
    const body = { ...silently(marked(payload.body, nonce)), ...marks }
    const files = await readFiles(store, payload.files)
    const route = Routes.channelMessages(channelId)
    const message = await uploading(channelId, files, () => rest.post(route, { body, files }))
    return sentOf(payload, message as APIMessage)
  }

  async function patch(channelId: string, messageId: string, payload: Payload): Promise<Sent> {
    const files = await readFiles(store, payload.files)
    const route = Routes.channelMessage(channelId, messageId)
    const { body } = payload
    const message = await uploading(channelId, files, () => rest.patch(route, { body, files }))
    return sentOf(payload, message as APIMessage)
  }

  /** A refused file was within the known limit, so assume a lower one from now on. */
  async function uploading<T>(channelId: string, files: RawFile[], send: () => Promise<T>): Promise<T> {
    try {
      return await send()
    } catch (error) {
      const sizes = files.map(({ data }) => (Buffer.isBuffer(data) ? data.length : 0))
      const largest = sizes.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...sizes)
      if (isTooLarge(error)) await channels.expectLess(channelId, largest)
      throw error
    }
  }

  return {
    surface: 'discord',
    playsInline: true,
    showsFilesPrivately: true,
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
          // A file we thought was in the message may have been removed from it; then all are sent again.
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

    isLast: (spot, messageId) => {
      // The gateway announces every message, without its text. What it hasn't announced isn't below.
      const channel = client.channels.cache.get(where(spot))
      const last = channel && 'lastMessageId' in channel ? channel.lastMessageId : null
      return last == null || BigInt(last) <= BigInt(messageId)
    },

    present: async (spot, messageIds) => {
      const channelId = where(spot)
      const found = await inChannel(channelId, () => presentIn(rest, channelId, messageIds))
      if (found.size === 0 && messageIds.length > 0) {
        // Without this permission, every channel looks empty.
        const missing = firstMissing(await channels.permissions(channelId), ['ReadMessageHistory'])
        if (missing !== null) throw new PermissionError(missing)
      }
      return found
    },

    openThread: async (channelId, name, announcement, nonce, earlier) =>
      inChannel(channelId, async () => {
        const has = await channels.permissions(channelId)
        const isPossible = takesThreads(await channels.channel(channelId))
        const opens = isPossible && firstMissing(has, TO_OPEN_THREADS) === null
        const shown = messagePayload(opens ? announcement : staying(announcement))
        const sent = await post(channelId, shown, nonce, earlier)
        if (!opens) return { channelId, threadId: null, ...sent }
        const { threadId } = await startThread(client, channelId, sent.messageId, name)
        if (threadId === null) {
          const { body, files } = messagePayload(staying(announcement))
          await patch(channelId, sent.messageId, { body: marked(body, nonce), files })
        }
        return { channelId, threadId, ...sent }
      }),

    uploadLimit: (spot) => inChannel(where(spot), async () => channels.uploadLimit(where(spot))),

    link: (spot, messageId) =>
      inChannel(where(spot), async () => {
        const channel = await channels.channel(where(spot))
        const guild = channel.isDMBased() ? '@me' : channel.guildId
        const parts = [guild, channel.id, ...(messageId === null ? [] : [messageId])]
        return `https://discord.com/channels/${parts.join('/')}`
      }),
  }
}

/**
 * Starts a thread from a message.
 * @returns its id, which is the message's; null if Discord doesn't allow a thread, for example for lack of a permission.
 */
export async function startThread(
  client: Client<true>,
  channelId: string,
  messageId: string,
  name: string,
): Promise<{ threadId: string | null; isForbidden: boolean }> {
  const body = { name: threadName(name), auto_archive_duration: AUTO_ARCHIVE }
  try {
    const thread = (await client.rest.post(Routes.threads(channelId, messageId), { body })) as APIChannel
    return { threadId: thread.id, isForbidden: false }
  } catch (error) {
    const code = codeOf(error) ?? 0
    // The response to the first attempt was lost.
    if (code === CODES.threadAlreadyCreated) return { threadId: messageId, isForbidden: false }
    const isForbidden = FORBIDDEN.includes(code)
    if (isForbidden || NO_THREADS.includes(code)) return { threadId: null, isForbidden }
    throw error
  }
}

/** Refusals that mean that a channel doesn't support threads. */
const FORBIDDEN: number[] = [CODES.missingPermissions, CODES.missingAccess]
const NO_THREADS: number[] = [CODES.wrongChannelType, CODES.tooManyThreads, CODES.tooManyAnnouncementThreads]

/** The announcement of a draft that lives where it was requested. */
export function staying(view: Announcement): MessageView {
  return { ...view, blocks: [...view.blocks, { type: 'text', text: view.noThread }] }
}

function where({ channelId, threadId }: Spot): string {
  return threadId ?? channelId
}

function sentOf(payload: Payload, message: APIMessage): Sent {
  return { messageId: message.id, files: sentFiles(payload.files, message) }
}

function threadName(name: string): string {
  return shorten(name.replace(/\s+/g, ' ').trim().toWellFormed(), DISCORD_LIMITS.thread.name) || 'Rushes'
}

/** Discord's nonces are short. */
function nonceOf(nonce: string): string {
  return createHash('sha256').update(nonce).digest('base64url').slice(0, DISCORD_LIMITS.nonce)
}
