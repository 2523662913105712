import type { Core } from '../../core/draft/core.ts'
import { placeDraft } from '../../core/draft/create.ts'
import { creationOf } from '../../core/draft/creation.ts'
import { openingOf } from '../view/announcement.ts'
import type { Shown } from '../view/shown.ts'
import type { MessageView } from '../view/types.ts'
import type { Chat, Sent, Spot } from './chat.ts'
import { messagesOf, noteSending, recordMessage } from './messages.ts'
import { hashOf, nonceOf } from './nonce.ts'
import type { Projection } from './projection.ts'

/** Where the draft's messages go; opens a thread if there is none yet. */
export async function ensureThread({ core, chat, shown, spot }: Projection): Promise<Spot> {
  const { draftId } = shown
  const messages = await messagesOf(core, draftId)
  // The thread remains the draft's even while its first message is about to be replaced.
  if (spot.threadId !== null || messages.has('top') || messages.has('announcement')) return spot
  const { name, announcement } = opening(shown)
  const { channelId } = spot
  const place = { channelId, threadId: null }
  const first = await firstOpening(core, draftId)
  const slot = openingSlot(chat)
  const noted = await noteSending(core, chat, draftId, slot, place, hashOf(announcement))
  const { since, triedAt, wasLost } = noted
  // Until the thread has been recorded once, it may already exist under the nonce of the first try.
  const nonce = first && !wasLost ? openingNonce(draftId) : nonceOf([draftId, 'open', since])
  const event = first?.event ?? null
  const opened = await chat.openThread(channelId, name, announcement, nonce, { at: triedAt, event })
  await rememberThread(core, chat, draftId, opened, announcement)
  return { channelId: opened.channelId, threadId: opened.threadId }
}

/** The nonce for opening a draft's thread for the first time, by a handler or by the projection. */
export function openingNonce(draftId: string): string {
  return nonceOf([draftId, 'open'])
}

/** Records where a draft's thread was opened, and the message that opened it. */
export async function rememberThread(
  core: Core,
  chat: Chat,
  draftId: string,
  { channelId, threadId, messageId, files }: Spot & Partial<Sent>,
  announcement: MessageView,
): Promise<void> {
  const spot = { channelId, threadId }
  // Both or neither: with only one of them, the next start would open a second thread or post a second first message.
  await core.db.transaction(async (em) => {
    await placeDraft(em, draftId, spot)
    if (messageId === undefined) return
    const sent = { messageId, files: files ?? {} }
    await recordMessage(core, chat, draftId, openingSlot(chat), spot, sent, hashOf(announcement), em)
  })
}

/** On Slack the message that opens the thread becomes the draft's top message with the next edit. */
function openingSlot({ threadOpensWithTop }: Chat): string {
  return threadOpensWithTop ? 'top' : 'announcement'
}

function opening({ draft, creating }: Shown): ReturnType<typeof openingOf> {
  if (draft) return openingOf(draft.authorName, draft.title, draft.language)
  return openingOf(creating?.requesterName ?? null, creating?.topic ?? '', creating?.language ?? undefined)
}

/**
 * The event that asked for the draft, while no thread has ever been recorded for it: the process may have ended after
 * answering. Null once a thread was recorded: a new thread must not be mistaken for one that someone deleted.
 */
async function firstOpening(core: Core, draftId: string): Promise<{ event: string | null } | null> {
  const asked = (await creationOf(core.db.fork(), draftId))?.asked
  return asked && asked.place.threadId === null ? { event: asked.eventId } : null
}
