import { setTimeout as sleep } from 'node:timers/promises'
import type { types, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { type Chat, GoneError, type Sent, type Spot } from '../../thread/chat.ts'
import type { FileRef, MessageView } from '../../view/types.ts'
import { UploadLimits } from '../upload-limits.ts'
import { chatError, NO_UPLOADS, slackCode } from './errors.ts'
import type { SlackFiles } from './files.ts'
import { findMessage, hasFile, isThere, markedName, markOf, messagesAt } from './find.ts'
import { SLACK_LIMITS } from './limits.ts'
import { fallbackText, filesOf } from './message.ts'
import type { Pacing } from './pacing.ts'
import { persist } from './persist.ts'
import { createPosted } from './posted.ts'
import { fileComment, postedFile } from './video-post.ts'

export interface SlackChatOptions {
  client: webApi.WebClient
  files: SlackFiles
  lanes: Pacing
  /** The bot's name, used to invite it. */
  botName: string
  log: Logger
}

/** Milliseconds between checks for an uploaded file's message, which Slack posts some time after its response. */
const SHARING = [0, 100, 200, 400, 800, 1500, 3000, 5000, 8000]
/** Milliseconds for which a refused upload counts as a rule; admins change rules, and full workspaces get cleared. */
const REMEMBERED = 10 * 60_000
/** The workspace of the token. */
const WORKSPACE = 'workspace'
/** Placeholder for a message that Slack hasn't shown yet. */
const UNSEEN = 'file:'

/** Posts drafts to Slack. */
export function createChat({ client, files, lanes, botName, log }: SlackChatOptions): Chat {
  const posted = createPosted(client, log)
  const sending = new Map<string, Promise<Sent>>()
  /** Maximum upload size in bytes; lower for a while after Slack has refused an upload. */
  const limits = new UploadLimits(REMEMBERED)
  const uploadLimit = () => limits.at(WORKSPACE, SLACK_LIMITS.uploadBytes.max)

  async function post(spot: Spot, view: MessageView, nonce: string): Promise<Sent> {
    const { channelId: channel, threadId } = spot
    const mark = markOf(nonce)
    const before = await posted.before(spot, mark)
    if (before !== undefined) return { messageId: before, files: {} }
    const { answer, files: pictures } = await files.withPictures(view, {}, mark, (blocks) =>
      lanes.post(channel, () =>
        persist(
          async () => {
            const { ts } = await client.chat.postMessage({
              channel,
              ...(threadId !== null && { thread_ts: threadId }),
              text: fallbackText(view),
              blocks,
              unfurl_links: false,
              unfurl_media: false,
            })
            if (ts === undefined) throw new Error('Slack posted a message without saying where.')
            if (threadId === null) posted.opened(ts)
            return ts
          },
          () => posted.look(spot, mark),
        ),
      ),
    )
    return { messageId: answer, files: pictures }
  }

  async function postFile(spot: Spot, view: MessageView, file: FileRef, nonce: string): Promise<Sent> {
    const attached = filesOf(view, 'attachment').filter(({ path }) => path !== file.path)
    const { channelId: channel_id, threadId } = spot
    const name = markedName(file.name, nonce)
    const before = await posted.before(spot, name)
    if (before !== undefined) return { messageId: before, files: {} }
    const id = await upload({ ...file, name, alt: file.alt || view.summary })
    const beside = await Promise.all(
      attached.map(async (one) => ({ id: await upload(one), title: one.name })),
    )
    const look = () => findMessage(client, spot, hasFile(id))
    const place = threadId === null ? { channel_id } : { channel_id, thread_ts: threadId }
    let tries = 0
    await lanes.post(channel_id, () =>
      persist(
        async () => {
          tries += 1
          try {
            await client.files.completeUploadExternal({
              files: [{ id, title: file.alt || file.name }, ...beside],
              ...place,
              ...fileComment(view),
            })
          } catch (error) {
            if (tries === 1 || slackCode(error) !== 'file_not_found') throw error
          }
          return ''
        },
        () => posted.look(spot, name),
      ),
    )
    try {
      for (const wait of SHARING) {
        await sleep(wait)
        const messageId = await look()
        if (messageId !== undefined) return { messageId, files: { [file.path]: id } }
      }
    } catch (error) {
      // The file is there, whether or not its message is found.
      log.debug({ err: error }, 'Slack does not say where a file was posted')
    }
    log.warn({ file: id }, 'Slack has not shown an uploaded file yet')
    return { messageId: `${UNSEEN}${id}`, files: { [file.path]: id } }
  }

  async function upload(file: FileRef): Promise<string> {
    try {
      const id = await files.upload(file)
      // There is space again, or uploads have been allowed.
      if (uploadLimit() === 0) limits.accepted(WORKSPACE)
      return id
    } catch (error) {
      if (NO_UPLOADS.has(slackCode(error) ?? '')) limits.refused(WORKSPACE, 0)
      // A workspace can set a lower limit, and Slack doesn't say which.
      if (slackCode(error) === 'file_upload_size_restricted')
        limits.refused(WORKSPACE, Math.floor(Math.min(uploadLimit(), await files.size(file)) / 2))
      throw error
    }
  }

  /** Sends only once per nonce, even if called twice at the same time. */
  function once(nonce: string, send: () => Promise<Sent>): Promise<Sent> {
    const before = sending.get(nonce)
    if (before) return before
    const sent = send().finally(() => sending.delete(nonce))
    sending.set(nonce, sent)
    return sent
  }

  /** Translates errors into their meaning for threads. */
  async function meaningfully<T>(channelId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw chatError(error, botName, channelId)
    }
  }

  return {
    surface: 'slack',
    playsInline: false,
    showsFilesPrivately: false,
    threadOpensWithTop: true,
    editInterval: 2000,

    send: (spot, view, nonce) =>
      meaningfully(spot.channelId, () => {
        const file = postedFile(view)
        return once(nonce, () => (file ? postFile(spot, view, file, nonce) : post(spot, view, nonce)))
      }),

    edit: ({ channelId: channel }, messageId, view, known) =>
      meaningfully(channel, async () => {
        if (messageId.startsWith(UNSEEN)) return { messageId, files: known }
        const update = (content: { text: string; blocks?: types.KnownBlock[] }) =>
          lanes.edit(channel, () => persist(() => client.chat.update({ channel, ts: messageId, ...content })))
        if (postedFile(view)) {
          // The file stays with its message; only the text next to it can change.
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
      meaningfully(channel, async () => {
        if (messageId.startsWith(UNSEEN)) throw new GoneError('message')
        await lanes.edit(channel, () => persist(() => client.chat.delete({ channel, ts: messageId })))
      }),

    present: (spot, messageIds) =>
      meaningfully(spot.channelId, async () => {
        const wanted = new Set(messageIds)
        const found = new Set(messageIds.filter((id) => id.startsWith(UNSEEN)))
        let isThread = false
        try {
          for await (const page of messagesAt(client, spot)) {
            isThread ||= page.some(({ ts }) => spot.threadId === null || ts === spot.threadId)
            for (const message of page.filter(isThere)) if (wanted.has(message.ts)) found.add(message.ts)
            if (found.size === wanted.size) break
          }
        } catch (error) {
          if (slackCode(error) !== 'thread_not_found') throw error
          return found
        }
        // A thread starts with the message that opened it, even if that was deleted. Any other response is inconclusive.
        return isThread ? found : wanted
      }),

    openThread: (channelId, _name, announcement, nonce) =>
      meaningfully(channelId, async () => {
        const sent = await post({ channelId, threadId: null }, announcement, nonce)
        return { channelId, threadId: sent.messageId, ...sent }
      }),

    uploadLimit: async () => uploadLimit(),

    link: ({ channelId: channel, threadId }, messageId) =>
      meaningfully(channel, async () => {
        const shown = messageId?.startsWith(UNSEEN) ? null : messageId
        const message_ts = shown ?? threadId
        if (message_ts === null) throw new GoneError('message')
        const { permalink } = await persist(() => client.chat.getPermalink({ channel, message_ts }))
        return permalink ?? ''
      }),
  }
}
