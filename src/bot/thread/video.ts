import type { Core } from '../../core/draft/core.ts'
import { usingFiles } from '../../core/draft/draft-files.ts'
import { filesBeside } from '../../core/model/film-files.ts'
import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import type { Shown, ShownVideo } from '../view/shown.ts'
import type { FileRef, Inline, MessageView } from '../view/types.ts'
import { type SentVideo, videoMessage } from '../view/video-message.ts'
import { type Words, wordsFor } from '../words/index.ts'
import { PermissionError, type Spot } from './chat.ts'
import { isOwnThread, noteSending, recordMessage } from './messages.ts'
import { hashOf, nonceOf } from './nonce.ts'
import type { Projection } from './projection.ts'
import { notice } from './sentences.ts'
import { copyWithin } from './smaller.ts'

/** Posts the newest finished video in the thread, once, and a line that leads there in the channel. */
export async function postVideo(projection: Projection, messages: Map<string, ThreadMessage>): Promise<void> {
  const { core, shown, spot } = projection
  const { draft, video } = shown
  if (!draft || !video || draft.status !== 'finalized') return
  const words = wordsFor(draft.language)
  const slot = `video:${video.job.jobId}`
  const messageId =
    messages.get(slot)?.messageId ??
    // A copy is kept from the cleaning until it is sent.
    (await usingFiles(core, draft.draftId, async () =>
      sendOnce(projection, slot, spot, videoMessage(draft, video, await sendable(projection, video), words)),
    ).catch((error: unknown) => sayWhatIsMissing(projection, messages, video, words, error)))
  if (isOwnThread(messages, spot.threadId) && !messages.has(`done:${video.job.jobId}`))
    await announceInChannel(projection, shown, video, messageId, words)
}

/** The video follows once it may be sent; until then people see why it is not there. @throws always. */
async function sayWhatIsMissing(
  projection: Projection,
  messages: Map<string, ThreadMessage>,
  { job }: ShownVideo,
  words: Words,
  error: unknown,
): Promise<never> {
  const slot = `withheld:${job.jobId}`
  const { chat, spot } = projection
  // Where no files may be sent at all, the next try posts the message without one.
  const comes = error instanceof PermissionError && (await chat.uploadLimit(spot)) > 0
  if (comes && !messages.has(slot)) {
    const view = notice(words.video.withheld(words.permission(error.permission)), 'bad')
    // Where nothing at all may be posted this may not either.
    await sendOnce(projection, slot, spot, view).catch(() => undefined)
  }
  throw error
}

async function announceInChannel(
  projection: Projection,
  { draft }: Shown,
  { job }: ShownVideo,
  messageId: string,
  words: Words,
): Promise<void> {
  const { chat, spot } = projection
  const sentence = words.draft.announceDone(draft?.title ?? '')
  // That it is ready can be said without an address as well.
  const link = await chat.link(spot, messageId).catch(() => null)
  const text: Inline[] = link ? [`${sentence} `, { link, label: words.draft.goTo }] : [sentence]
  const slot = `done:${job.jobId}`
  const channel = { channelId: spot.channelId, threadId: null }
  const view = { summary: sentence, tone: 'good' as const, blocks: [{ type: 'text' as const, text }] }
  await sendOnce(projection, slot, channel, view)
}

/** @returns the id of the message. */
export async function sendOnce(
  { core, chat, shown: { draftId } }: Projection,
  slot: string,
  spot: Spot,
  view: MessageView,
): Promise<string> {
  const { since, triedAt } = await noteSending(core, chat, draftId, slot, spot, hashOf(view))
  const sent = await chat.send(spot, view, nonceOf([draftId, slot, since]), triedAt)
  await recordMessage(core, chat, draftId, slot, spot, sent, hashOf(view))
  return sent.messageId
}

/** The video itself where it fits, else a copy that does. */
async function sendable(
  { core, chat, spot, signal, shown }: Projection,
  video: ShownVideo,
): Promise<SentVideo> {
  const limit = await chat.uploadLimit(spot)
  const file = (path: string): FileRef => ({
    path,
    name: `${video.job.jobId}.mp4`,
    kind: 'video',
    alt: shown.draft?.title ?? '',
  })
  const beside = await besideOf(core, video, limit)
  if (video.bytes <= limit) return { file: file(video.path), beside, isCopy: false, limit }
  // It is the last part of a render that somebody waits for.
  const copy = await copyWithin(core, video.path, limit, { signal, urgency: 'render' })
  return { file: copy === null ? null : file(copy), beside, isCopy: true, limit }
}

/** What lies beside the video; a video of an earlier version has nothing there. */
async function besideOf(core: Core, { path, job }: ShownVideo, limit: number): Promise<FileRef[]> {
  const files = await Promise.all(
    Object.values(filesBeside(path)).map(async (file): Promise<FileRef[]> => {
      const bytes = await core.store.size(file)
      if (bytes === null || bytes === 0 || bytes > limit) return []
      const name = `${job.jobId}${file.slice(file.lastIndexOf('.'))}`
      return [{ path: file, name, kind: 'attachment', alt: '' }]
    }),
  )
  return files.flat()
}
