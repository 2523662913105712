import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import type { Spot } from '../chat.ts'
import type { Shown, ShownVideo } from '../view/shown.ts'
import type { FileRef, Inline, MessageView } from '../view/types.ts'
import { type SentVideo, videoMessage } from '../view/video-message.ts'
import { type Words, wordsFor } from '../words/index.ts'
import { noteSending, recordMessage } from './messages.ts'
import { hashOf, nonceOf, type Projection } from './project.ts'
import { copyWithin } from './smaller.ts'

/** Posts the newest finished video in the thread, once, and a line that leads there in the channel. */
export async function postVideo(projection: Projection, messages: Map<string, ThreadMessage>): Promise<void> {
  const { shown, spot } = projection
  const { draft, video } = shown
  if (!draft || !video || draft.status !== 'finalized') return
  const words = wordsFor(draft.language)
  const slot = `video:${video.job.jobId}`
  let messageId = messages.get(slot)?.messageId
  if (messageId === undefined) {
    const view = videoMessage(draft, video, await sendable(projection, video), words)
    messageId = await sendOnce(projection, slot, spot, view)
  }
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
  const text: Inline[] = [`${sentence} `, { link: await chat.link(spot, messageId), label: words.draft.goTo }]
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
  const { since, triedAt } = await noteSending(core, chat, draftId, slot, spot, hashOf(view))
  const sent = await chat.send(spot, view, nonceOf([draftId, slot, since]), triedAt)
  await recordMessage(core, chat, draftId, slot, spot, sent, hashOf(view))
  return sent.messageId
}

/** The video itself where it fits, else a copy that does. */
async function sendable({ core, chat, spot }: Projection, video: ShownVideo): Promise<SentVideo> {
  const limit = await chat.uploadLimit(spot)
  const file = (path: string): FileRef => ({ path, name: `${video.job.jobId}.mp4`, kind: 'video', alt: '' })
  if (video.bytes <= limit) return { file: file(video.path), isCopy: false, limit }
  const copy = await copyWithin(core, video.path, limit)
  return { file: copy === null ? null : file(copy), isCopy: true, limit }
}
