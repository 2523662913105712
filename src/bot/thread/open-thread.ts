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

/** Where the draft's messages go; a thread is opened where there is none yet. */
export async function ensureThread({ core, chat, shown, spot }: Projection): Promise<Spot> {
  const { draftId } = shown
  const messages = await messagesOf(core, draftId)
  // A thread stays the draft's also while its first message is about to be replaced.
  if (spot.threadId !== null || messages.has('top') || messages.has('announcement')) return spot
  const { name, announcement } = opening(shown)
  const { channelId } = spot
  const place = { channelId, threadId: null }
  const first = await firstOpening(core, draftId)
  const slot = openingSlot(chat)
  const noted = await noteSending(core, chat, draftId, slot, place, hashOf(announcement))
  const { since, triedAt, wasLost } = noted
  // Until it was recorded once, it may be there already under the nonce of the first try.
  const nonce = first && !wasLost ? openingNonce(draftId) : nonceOf([draftId, 'open', since])
  const event = first?.event ?? null
  const opened = await chat.openThread(channelId, name, announcement, nonce, { at: triedAt, event })
  await rememberThread(core, chat, draftId, opened, announcement)
  return { channelId: opened.channelId, threadId: opened.threadId }
}

/** The nonce under which a draft's thread is opened for the first time, by a handler or by the projection. */
export function openingNonce(draftId: string): string {
  return nonceOf([draftId, 'open'])
}

/** Stores where a draft's thread was opened, and the message that opened it. */
export async function rememberThread(
  core: Core,
  chat: Chat,
  draftId: string,
  { channelId, threadId, messageId, files }: Spot & Partial<Sent>,
  announcement: MessageView,
): Promise<void> {
  const spot = { channelId, threadId }
  // Both or neither: with the one alone the next start would open a second thread, or post a second first message.
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
 * The event that asked for the draft, as long as no thread that answers it was ever recorded: the process may have ended
 * after it had answered. Null once a thread is known: one that somebody deleted must not be taken for it.
 */
async function firstOpening(core: Core, draftId: string): Promise<{ event: string | null } | null> {
  const asked = (await creationOf(core.db.fork(), draftId))?.asked
  return asked && asked.place.threadId === null ? { event: asked.eventId } : null
}
