import { hashOf } from '../../core/assets/store.ts'
import type { Core } from '../../core/core.ts'
import { UserError } from '../../core/errors.ts'
import { makeSmallerCopy } from '../../core/render/smaller-copy.ts'
import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import type { Spot } from '../chat.ts'
import type { Shown, ShownVideo } from '../view/shown.ts'
import type { FileRef, Inline, MessageView } from '../view/types.ts'
import { type SentVideo, videoMessage } from '../view/video-message.ts'
import { type Words, wordsFor } from '../words/index.ts'
import { noteSending, recordMessage } from './messages.ts'
import { nonceOf, type Projection, hashOf as viewHash } from './project.ts'

/** Milliseconds that the making of a smaller copy may take. */
const COPY_PATIENCE = 15 * 60_000

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
    (await core.store.holding(async () =>
      sendOnce(projection, slot, spot, videoMessage(draft, video, await sendable(projection, video), words)),
    ))
  if (spot.threadId !== null && !messages.has(`done:${video.job.jobId}`))
    await announceInChannel(projection, shown, video, messageId, words)
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
async function sendOnce(
  { core, chat, shown: { draftId } }: Projection,
  slot: string,
  spot: Spot,
  view: MessageView,
): Promise<string> {
  const { since, triedAt } = await noteSending(core, chat, draftId, slot, spot, viewHash(view))
  const sent = await chat.send(spot, view, nonceOf([draftId, slot, since]), triedAt)
  await recordMessage(core, chat, draftId, slot, spot, sent, viewHash(view))
  return sent.messageId
}

/** The video itself where it fits, else a copy that does. */
async function sendable({ core, chat, spot, signal }: Projection, video: ShownVideo): Promise<SentVideo> {
  const limit = await chat.uploadLimit(spot)
  const file = (path: string): FileRef => ({ path, name: `${video.job.jobId}.mp4`, kind: 'video', alt: '' })
  if (video.bytes <= limit) return { file: file(video.path), isCopy: false, limit }
  const copy = await copyWithin(core, video.path, limit, signal)
  return { file: copy === null ? null : file(copy), isCopy: true, limit }
}

/** A copy of at most so many bytes, made once; null when even the worst picture would be larger. */
async function copyWithin(
  core: Core,
  video: string,
  limit: number,
  stopping: AbortSignal,
): Promise<string | null> {
  const key = hashOf(['copy', video, limit])
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(COPY_PATIENCE)])
  // It is the last part of a render that somebody waits for.
  const options = { signal, urgency: 'render' } as const
  try {
    return await core.store.make('previews', key, 'mp4', (temporary) =>
      makeSmallerCopy(core.ffmpeg, core.store.absolute(video), temporary, limit, options),
    )
  } catch (error) {
    if (error instanceof UserError && error.code === 'ffmpeg_failed') return null
    throw error
  }
}
