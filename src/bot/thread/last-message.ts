import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import { messagesOf, renameSlot } from './messages.ts'
import type { Projection } from './projection.ts'
import { CONTROLS, type Slot, segmentPosition } from './slots.ts'

/**
 * Keeps the last message of a thread at the end without reposting all the others: when a new segment needs a message at the
 * end, the last message becomes that segment's, and a new last message is posted below. When a finished draft is edited
 * again, the message that said its video is ready becomes the last message.
 * @returns whether a message has changed its slot; its content follows with the next edit.
 */
export async function giveWay(
  { core, spot }: Projection,
  messages: ReadonlyMap<string, ThreadMessage>,
  slots: readonly Slot[],
): Promise<boolean> {
  const last = messages.get(CONTROLS)
  const isWanted = slots.some(({ name }) => name === CONTROLS)
  if (!last) {
    const ready = [...messages.values()].findLast((message) => saysReady(message, spot.threadId))
    if (!ready || !isWanted || slots.some(({ name }) => name === ready.slot)) return false
    await renameSlot(core, ready, CONTROLS)
    return true
  }
  const next = slots.find(({ name }) => !messages.has(name))
  if (!next || segmentPosition(next.name) === null || !isBelowAll(last, messages)) return false
  await renameSlot(core, last, next.name)
  return true
}

/** Whether nothing is below the last message, from people or from the bot, as far as is known. */
export async function isStillLast(
  { core, chat, spot, shown }: Projection,
  message: ThreadMessage,
): Promise<boolean> {
  const { threadId } = spot
  const isBelow = ({ slot, id, threadId: at }: ThreadMessage) =>
    (slot.startsWith('video:') || slot.startsWith('upload:')) && at === threadId && id > message.id
  const messages = await messagesOf(core, shown.draftId)
  if ([...messages.values()].some(isBelow)) return false
  return chat.isLast?.(spot, message.messageId) ?? true
}

/** True only for messages without files: one that contains the video itself stays. */
function saysReady({ slot, threadId, files }: ThreadMessage, thread: string | null): boolean {
  return slot.startsWith('video:') && threadId === thread && Object.keys(files).length === 0
}

/** A message sent while a segment above it was missing may be above another segment's message. */
function isBelowAll({ id }: ThreadMessage, messages: ReadonlyMap<string, ThreadMessage>): boolean {
  return [...messages.values()].every((message) => segmentPosition(message.slot) === null || message.id < id)
}
