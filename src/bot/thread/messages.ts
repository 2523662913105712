import type { Core } from '../../core/draft/core.ts'
import { type ThreadMessage, ThreadMessageEntity } from '../../db/entities/thread-message.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Chat, Sent, Spot } from './chat.ts'

/** What stands for the message of a slot whose message is gone, or not known to be there yet. */
const GONE = ''

/** The messages of a draft's thread as they were last sent, by slot and in the order of sending. */
export async function messagesOf(core: Core, draftId: string): Promise<Map<string, ThreadMessage>> {
  const messages = await core.db
    .fork()
    .find(ThreadMessageEntity, { draftId, messageId: { $ne: GONE } }, { orderBy: { id: 'asc' } })
  return new Map(messages.map((message) => [message.slot, message]))
}

/**
 * True for a thread that was begun under a message of ours, whose id it has. Others may be private, and what is said in them
 * is not said in the channel around.
 */
export function isOwnThread(messages: ReadonlyMap<string, ThreadMessage>, threadId: string | null): boolean {
  return threadId !== null && [...messages.values()].some(({ messageId }) => messageId === threadId)
}

/** Stores what a slot shows now. */
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
    // A message that replaces a lost one stands at the end of the thread, and so does its row.
    await em.nativeDelete(ThreadMessageEntity, { draftId, slot, messageId: GONE })
    await em.upsert(
      ThreadMessageEntity,
      { ...place, ...sent, viewHash, updatedAt: core.clock() },
      { onConflictFields: ['draftId', 'slot'] },
    )
  }
  await (within ? record(within) : core.db.transaction(record))
}

/** Stores what a message shows after an edit, wherever it stands. */
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

/** Whether a message of this slot was there once, and was deleted. */
export async function wasLost(core: Core, draftId: string, slot: string): Promise<boolean> {
  const lost = { draftId, slot, messageId: GONE, viewHash: '' }
  return (await core.db.fork().count(ThreadMessageEntity, lost)) > 0
}

/** The message of one slot becomes that of another one, and shows it after the next edit. */
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
 * Forgets messages that are gone. Their rows stay, without a message, and say since when: what is posted in their place must
 * not be taken for a repetition of them (see `noteSending`).
 */
export async function forgetMessages(core: Core, where: { draftId: string } | { id: number }): Promise<void> {
  const em = core.db.fork()
  const gone = { messageId: GONE, viewHash: '', files: {}, updatedAt: core.clock() }
  await em.nativeUpdate(ThreadMessageEntity, { ...where, messageId: { $ne: GONE } }, gone)
  // Where all starts again nobody has taken the video away from the channel.
  if ('draftId' in where) await em.nativeDelete(ThreadMessageEntity, { ...where, slot: 'film' })
}

/**
 * Writes down that a message is about to be sent. If the process ends before the answer is written down as well, the next
 * one sends it under the same nonce, and the platform or its client finds the message that is there already.
 * @returns a part of the nonce; when it was tried before, or null; whether what was sent then may show something else
 * than what is sent now; and whether it takes the place of one that is lost and is tried for the first time.
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
    // Without a hash it was lost, and never tried since.
    const before = tried?.viewHash ?? ''
    return {
      since: String(updatedAt.getTime()),
      triedAt: before === '' ? null : updatedAt,
      wasLost: tried !== null && before === '',
      isUnsure: before !== '' && before !== viewHash,
    }
  })
}

/** Removes the rows of a draft that is gone, as far as they stand for no message any more. */
export async function clearLosses(core: Core, draftId: string): Promise<void> {
  await core.db.fork().nativeDelete(ThreadMessageEntity, { draftId, messageId: GONE })
}

function spotOf({ channelId, threadId }: Spot): Spot {
  return { channelId, threadId }
}
