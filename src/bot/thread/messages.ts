import type { Core } from '../../core/draft/core.ts'
import { type ThreadMessage, ThreadMessageEntity } from '../../db/entities/thread-message.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Chat, Sent, Spot } from './chat.ts'

/** The message id of a slot whose message is gone, or not yet known to exist. */
const GONE = ''

/** The messages of a draft's thread as last sent, by slot and in the order of sending. */
export async function messagesOf(core: Core, draftId: string): Promise<Map<string, ThreadMessage>> {
  const messages = await core.db
    .fork()
    .find(ThreadMessageEntity, { draftId, messageId: { $ne: GONE } }, { orderBy: { id: 'asc' } })
  return new Map(messages.map((message) => [message.slot, message]))
}

/** The message of one slot, as last sent; null if there is none. */
export async function messageOf(core: Core, draftId: string, slot: string): Promise<ThreadMessage | null> {
  return core.db.fork().findOne(ThreadMessageEntity, { draftId, slot, messageId: { $ne: GONE } })
}

/**
 * True for a thread opened under one of the bot's messages, whose id it has. Other threads may be private, so their content
 * must not be posted in the surrounding channel.
 */
export function isOwnThread(messages: ReadonlyMap<string, ThreadMessage>, threadId: string | null): boolean {
  return threadId !== null && [...messages.values()].some(({ messageId }) => messageId === threadId)
}

/** Records what a slot shows now. */
export async function recordMessage(
  core: Core,
  chat: Chat,
  draftId: string,
  slot: string,
  spot: Spot,
  sent: Sent,
  viewHash: string,
  within?: EntityManager,
): Promise<void> {
  const place = { draftId, slot, surface: chat.surface, ...spotOf(spot) }
  const record = async (em: EntityManager) => {
    // A message that replaces a lost one is at the end of the thread, so its row goes to the end too.
    await em.nativeDelete(ThreadMessageEntity, { draftId, slot, messageId: GONE })
    await em.upsert(
      ThreadMessageEntity,
      { ...place, ...sent, viewHash, updatedAt: core.clock() },
      { onConflictFields: ['draftId', 'slot'] },
    )
  }
  await (within ? record(within) : core.db.transaction(record))
}

/** Records what a message shows after an edit, without changing where it is. */
export async function noteShownFilm(
  core: Core,
  draftId: string,
  slot: string,
  { files }: Sent,
  viewHash: string,
): Promise<void> {
  const shown = { files, viewHash, updatedAt: core.clock() }
  await core.db.fork().nativeUpdate(ThreadMessageEntity, { draftId, slot }, shown)
}

/** Whether this slot had a message that was deleted. */
export async function wasLost(core: Core, draftId: string, slot: string): Promise<boolean> {
  const lost = { draftId, slot, messageId: GONE, viewHash: '' }
  return (await core.db.fork().count(ThreadMessageEntity, lost)) > 0
}

/** Gives a message to another slot; its content follows with the next edit. */
export async function renameSlot(
  core: Core,
  { id, draftId }: Pick<ThreadMessage, 'id' | 'draftId'>,
  slot: string,
): Promise<void> {
  await core.db.transaction(async (em) => {
    await em.nativeDelete(ThreadMessageEntity, { draftId, slot, messageId: GONE })
    await em.nativeUpdate(ThreadMessageEntity, { id }, { slot, viewHash: '', updatedAt: core.clock() })
  })
}

/**
 * Forgets messages that are gone. Their rows stay, without a message, and record the time, so that what is posted in their
 * place isn't taken for a retry (see `noteSending`).
 */
export async function forgetMessages(core: Core, where: { draftId: string } | { id: number }): Promise<void> {
  const em = core.db.fork()
  const gone = { messageId: GONE, viewHash: '', files: {}, updatedAt: core.clock() }
  await em.nativeUpdate(ThreadMessageEntity, { ...where, messageId: { $ne: GONE } }, gone)
  // When everything starts over, the film's message wasn't deleted by a person, so it doesn't count as lost.
  if ('draftId' in where) await em.nativeDelete(ThreadMessageEntity, { ...where, slot: 'film' })
}

/**
 * Records that a message is about to be sent. If the process ends before it records the answer, the next process sends the
 * message with the same nonce, and the platform or its client finds the existing one.
 * @returns a part of the nonce; when it was tried before, or null; whether that message may show something other than the
 * current view; and whether this is the first try to replace a lost message.
 */
export async function noteSending(
  core: Core,
  chat: Chat,
  draftId: string,
  slot: string,
  spot: Spot,
  viewHash: string,
): Promise<{ since: string; triedAt: Date | null; isUnsure: boolean; wasLost: boolean }> {
  return core.db.transaction(async (em) => {
    const tried = await em.findOne(ThreadMessageEntity, { draftId, slot, messageId: GONE })
    const updatedAt = tried?.updatedAt ?? core.clock()
    const place = { draftId, slot, surface: chat.surface, ...spotOf(spot) }
    const row = { ...place, messageId: GONE, viewHash, files: {}, updatedAt }
    await em.upsert(ThreadMessageEntity, row, { onConflictFields: ['draftId', 'slot'] })
    // Without a hash, the message was lost and sending hasn't been tried since.
    const before = tried?.viewHash ?? ''
    return {
      since: String(updatedAt.getTime()),
      triedAt: before === '' ? null : updatedAt,
      wasLost: tried !== null && before === '',
      isUnsure: before !== '' && before !== viewHash,
    }
  })
}

/** Removes a deleted draft's rows that no longer have a message. */
export async function clearLosses(core: Core, draftId: string): Promise<void> {
  await core.db.fork().nativeDelete(ThreadMessageEntity, { draftId, messageId: GONE })
}

function spotOf({ channelId, threadId }: Spot): Spot {
  return { channelId, threadId }
}
