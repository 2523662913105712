import { setTimeout as sleep } from 'node:timers/promises'
import type { types, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { type Chat, GoneError, type Sent, type Spot } from '../chat.ts'
import type { FileRef, MessageView } from '../view/types.ts'
import { fallbackText, filesOf } from './blocks.ts'
import { meaningOf, slackCode } from './errors.ts'
import type { SlackFiles } from './files.ts'
import { findMessage, hasFile, hasMark, markOf, messagesAt } from './find.ts'
import type { Lanes } from './lanes.ts'
import { SLACK_LIMITS } from './limits.ts'
import { persist } from './persist.ts'
import { fileComment, isFilePost } from './video-post.ts'

export interface SlackChatOptions {
  client: webApi.WebClient
  files: SlackFiles
  lanes: Lanes
  /** The bot's name, by which it is invited. */
  botName: string
  log: Logger
}

/** Nonces remembered at a time. */
const KEPT = 5000
/** Milliseconds between looks for the message of an uploaded file, which Slack posts some time after it answered. */
const SHARING = [0, 100, 200, 400, 800, 1500, 3000, 5000, 8000]
/** Stands for a message that Slack has not shown yet. */
const UNSEEN = 'file:'

/** Slack as a place for drafts. */
export function createSlackChat({ client, files, lanes, botName, log }: SlackChatOptions): Chat {
  const tried = new Set<string>()
  const threads = new Set<string>()

  /** True when a message with this mark may have been posted: by a try that failed, or before this program started. */
  function mayExist(spot: Spot, mark: string): boolean {
    const isKnownThread = spot.threadId === null || threads.has(spot.threadId)
    if (spot.threadId !== null) remember(threads, spot.threadId)
    const wasTried = tried.has(mark)
    remember(tried, mark)
    return wasTried || !isKnownThread
  }

  async function post(spot: Spot, view: MessageView, nonce: string): Promise<Sent> {
    const { channelId: channel, threadId } = spot
    const mark = markOf(nonce)
    const look = () => findMessage(client, spot, hasMark(mark))
    const before = mayExist(spot, mark) ? await look() : undefined
    if (before !== undefined) return { messageId: before, files: {} }
    const { answer, files: pictures } = await files.withPictures(view, {}, mark, (blocks) =>
      lanes.post(channel, () =>
        persist(async () => {
          const { ts } = await client.chat.postMessage({
            channel,
            ...(threadId !== null && { thread_ts: threadId }),
            text: fallbackText(view),
            blocks,
            unfurl_links: false,
            unfurl_media: false,
          })
          if (ts === undefined) throw new Error('Slack posted a message and did not say where.')
          if (threadId === null) remember(threads, ts)
          return ts
        }, look),
      ),
    )
    return { messageId: answer, files: pictures }
  }

  async function postFile(spot: Spot, view: MessageView, file: FileRef): Promise<Sent> {
    const { channelId: channel_id, threadId } = spot
    const id = await files.upload(file)
    const look = () => findMessage(client, spot, hasFile(id))
    const place = threadId === null ? { channel_id } : { channel_id, thread_ts: threadId }
    let tries = 0
    await lanes.post(channel_id, () =>
      persist(async () => {
        tries += 1
        try {
          await client.files.completeUploadExternal({
            files: [{ id, title: file.name }],
            ...place,
            ...fileComment(view),
          })
        } catch (error) {
          if (tries === 1 || slackCode(error) !== 'file_not_found') throw error
        }
        return ''
      }, look),
    )
    for (const wait of SHARING) {
      await sleep(wait)
      const messageId = await look()
      if (messageId !== undefined) return { messageId, files: { [file.path]: id } }
    }
    log.warn({ file: id }, 'Slack has not shown an uploaded file yet')
    return { messageId: `${UNSEEN}${id}`, files: { [file.path]: id } }
  }

  /** Gives errors their meaning for threads. */
  async function meaningfully<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw meaningOf(error, botName)
    }
  }

  return {
    surface: 'slack',
    playsInline: false,
    threadOpensWithTop: true,
    editInterval: 2000,

    send: (spot, view, nonce) =>
      meaningfully(() => {
        const [video] = filesOf(view, 'video')
        return video && isFilePost(view) ? postFile(spot, view, video) : post(spot, view, nonce)
      }),

    edit: ({ channelId: channel }, messageId, view, known) =>
      meaningfully(async () => {
        if (messageId.startsWith(UNSEEN)) return { messageId, files: known }
        const update = (content: { text: string; blocks?: types.KnownBlock[] }) =>
          lanes.edit(channel, () => persist(() => client.chat.update({ channel, ts: messageId, ...content })))
        if (isFilePost(view)) {
          // The file stays with its message; only the words beside it can change.
          const { initial_comment: text = fallbackText(view), blocks } = fileComment(view)
          await update({ text, ...(blocks && { blocks }) })
          return { messageId, files: known }
        }
        const { files: pictures } = await files.withPictures(view, known, undefined, (blocks) =>
          update({ text: fallbackText(view), blocks }),
        )
        return { messageId, files: pictures }
      }),

    remove: ({ channelId: channel }, messageId) =>
      meaningfully(async () => {
        if (messageId.startsWith(UNSEEN)) throw new GoneError('message')
        await lanes.edit(channel, () => persist(() => client.chat.delete({ channel, ts: messageId })))
      }),

    present: (spot, messageIds) =>
      meaningfully(async () => {
        const wanted = new Set(messageIds)
        const found = new Set(messageIds.filter((id) => id.startsWith(UNSEEN)))
        try {
          for await (const page of messagesAt(client, spot)) {
            for (const { ts } of page) if (wanted.has(ts)) found.add(ts)
            if (found.size === wanted.size) break
          }
        } catch (error) {
          if (slackCode(error) !== 'thread_not_found') throw error
        }
        return found
      }),

    openThread: (channelId, _name, announcement, nonce) =>
      meaningfully(async () => {
        const sent = await post({ channelId, threadId: null }, announcement, nonce)
        return { channelId, threadId: sent.messageId, ...sent }
      }),

    uploadLimit: async () => SLACK_LIMITS.uploadBytes.max,

    link: ({ channelId: channel, threadId }, messageId) =>
      meaningfully(async () => {
        const shown = messageId?.startsWith(UNSEEN) ? null : messageId
        const message_ts = shown ?? threadId
        if (message_ts === null) throw new GoneError('message')
        const { permalink } = await persist(() => client.chat.getPermalink({ channel, message_ts }))
        return permalink ?? ''
      }),
  }
}

function remember(set: Set<string>, value: string): void {
  set.add(value)
  for (const oldest of set) if (set.size > KEPT) set.delete(oldest)
}
