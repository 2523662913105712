import type { Core } from '../../core/draft/core.ts'
import { usingFiles } from '../../core/draft/draft-files.ts'
import { filesBeside } from '../../core/model/film-files.ts'
import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import type { ShownVideo } from '../view/shown.ts'
import type { FileRef, MessageView } from '../view/types.ts'
import { filmMessage, readyMessage, type SentVideo } from '../view/video-message.ts'
import { type Words, wordsFor } from '../words/index.ts'
import { GoneError, PermissionError, type Spot } from './chat.ts'
import { readySlot, type ShownFilm } from './film.ts'
import {
  forgetMessages,
  isOwnThread,
  noteSending,
  noteShownFilm,
  recordMessage,
  wasLost,
} from './messages.ts'
import { hashOf, nonceOf } from './nonce.ts'
import type { Projection } from './projection.ts'
import { notice } from './sentences.ts'
import { copyWithin } from './smaller.ts'

/**
 * Shows the newest video: in the message that announced the draft in its channel, edited in place so that nobody is
 * notified, or as a message in the thread if the platform cannot add a video to an existing message.
 * @returns null if there is none yet, or if the draft is being edited again.
 */
export async function showFilm(
  projection: Projection,
  messages: Map<string, ThreadMessage>,
): Promise<ShownFilm | null> {
  const { chat, shown } = projection
  const { draft, video } = shown
  if (!draft || !video) return null
  const words = wordsFor(draft.language)
  // Protects a copy from cleanup until it is sent.
  return usingFiles(projection.core, draft.draftId, async () => {
    const staysInThread = chat.threadOpensWithTop || isInThread(messages, video)
    const inChannel = staysInThread ? null : await inItsChannel(projection, messages)
    if (draft.status !== 'finalized') return null
    if (inChannel) return inChannel
    return inTheThread(projection, messages, video)
  }).catch((error: unknown) => sayWhatIsMissing(projection, messages, video, words, error))
}

/** Earlier versions posted the video in the thread and said so in the channel. */
function isInThread(messages: Map<string, ThreadMessage>, { job: { jobId } }: ShownVideo): boolean {
  return messages.has(`done:${jobId}`) || hasFiles(messages.get(readySlot(jobId)))
}

function hasFiles(message: ThreadMessage | undefined): boolean {
  return Object.keys(message?.files ?? {}).length > 0
}

/** @returns null if the message is gone and so is its replacement. */
async function inItsChannel(
  projection: Projection,
  messages: Map<string, ThreadMessage>,
): Promise<ShownFilm | null> {
  const { core, shown, spot } = projection
  const { draft, video, draftId } = shown
  if (!draft || !video || (await wasLost(core, draftId, 'film'))) return null
  const words = wordsFor(draft.language)
  const isOpen = draft.status !== 'finalized'
  const isSent = draft.status !== 'finalized' || messages.has(readySlot(video.job.jobId))
  const own = isOwnThread(messages, spot.threadId)
  const channel = own ? { channelId: spot.channelId, threadId: null } : spot
  for (const slot of ['film', 'announcement']) {
    const message = messages.get(slot)
    if (!message) continue
    const carried = Object.keys(message.files)
    // It shows no video yet, and gets none while the draft is being edited.
    if (isOpen && carried.length === 0) return null
    const sent = await sendable(projection, video, isSent ? carried : [])
    const view = filmMessage(draft, video, sent, words)
    const place = { slot, messageId: message.messageId, files: message.files, viewHash: message.viewHash }
    if (await editFilm(projection, place, channel, view))
      return filmAt(projection, channel, message.messageId, sent)
    // Someone deleted it. A video deleted twice isn't posted a third time.
    if (slot === 'film') {
      await forgetMessages(core, { id: message.id })
      return null
    }
    await noteShownFilm(core, draftId, slot, { messageId: message.messageId, files: {} }, '')
  }
  if (isOpen) return null
  const sent = await sendable(projection, video)
  const messageId = await sendOnce(projection, 'film', channel, filmMessage(draft, video, sent, words))
  return filmAt(projection, channel, messageId, sent)
}

/** @returns false if the message turned out to be deleted. */
async function editFilm(
  { core, chat, shown }: Projection,
  { slot, messageId, files, viewHash }: Pick<ThreadMessage, 'slot' | 'messageId' | 'files' | 'viewHash'>,
  channel: Spot,
  view: MessageView,
): Promise<boolean> {
  if (viewHash === hashOf(view)) return true
  try {
    const sent = await chat.edit(channel, messageId, view, files)
    await noteShownFilm(core, shown.draftId, slot, sent, hashOf(view))
    return true
  } catch (error) {
    if (error instanceof GoneError && error.what === 'message') return false
    throw error
  }
}

async function filmAt(
  { linkTo }: Projection,
  channel: Spot,
  messageId: string,
  { poster }: SentVideo,
): Promise<ShownFilm> {
  return { link: await linkTo(channel, messageId), isInChannel: true, poster }
}

/** Posts the video as its own message, which notifies people; it is sent once and then left alone. */
async function inTheThread(
  projection: Projection,
  messages: Map<string, ThreadMessage>,
  video: ShownVideo,
): Promise<ShownFilm | null> {
  const { shown, spot, linkTo } = projection
  const { draft } = shown
  if (!draft) return null
  const slot = readySlot(video.job.jobId)
  const before = messages.get(slot)?.messageId
  // That message linked to the video in the channel, where it no longer is.
  if (before !== undefined && !hasFiles(messages.get(slot))) return null
  const sent = await sendable(projection, video, before === undefined ? [] : [video.path])
  const view = readyMessage(draft, video, { link: null, sent }, wordsFor(draft.language))
  const messageId = before ?? (await sendOnce(projection, slot, spot, view))
  return { link: await linkTo(spot, messageId), isInChannel: false, poster: sent.poster }
}

/** Explains why the video is missing; it follows once it may be sent. @throws the error, always. */
async function sayWhatIsMissing(
  projection: Projection,
  messages: Map<string, ThreadMessage>,
  { job }: ShownVideo,
  words: Words,
  error: unknown,
): Promise<never> {
  const slot = `withheld:${job.jobId}`
  const { chat, spot } = projection
  // If no files may be sent at all, the next try posts the message without one.
  const comes = error instanceof PermissionError && (await chat.uploadLimit(spot)) > 0
  if (comes && !messages.has(slot)) {
    const view = notice(words.video.withheld(words.permission(error.permission)), 'bad')
    // If nothing at all may be posted, this fails too.
    await sendOnce(projection, slot, spot, view).catch(() => undefined)
  }
  throw error
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

/** The video itself if it fits, otherwise a smaller copy. @param carried files that the message already has and keeps. */
export async function sendable(
  { core, chat, spot, signal, shown }: Pick<Projection, 'core' | 'chat' | 'spot' | 'signal' | 'shown'>,
  video: ShownVideo,
  carried: readonly string[] = [],
): Promise<SentVideo> {
  const limit = await chat.uploadLimit(spot)
  const file = (path: string): FileRef => ({
    path,
    name: `${video.job.jobId}.mp4`,
    kind: 'video',
    alt: shown.draft?.title ?? '',
  })
  const beside = await besideOf(core, video, limit)
  const picture = beside.find(({ path }) => path.endsWith('.jpg'))
  const poster: FileRef | null = picture ? { ...picture, kind: 'image', alt: shown.draft?.title ?? '' } : null
  const rest = { beside, poster, limit }
  if (carried.length > 0) {
    const film = carried.find((path) => path.endsWith('.mp4'))
    return { ...rest, file: film === undefined ? null : file(film), isCopy: film !== video.path }
  }
  if (video.bytes <= limit) return { ...rest, file: file(video.path), isCopy: false }
  // It is the last part of a render that someone is waiting for.
  const copy = await copyWithin(core, video.path, limit, { signal, urgency: 'render' })
  return { ...rest, file: copy === null ? null : file(copy), isCopy: true }
}

/** The files beside the video; videos from earlier versions have none. */
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
