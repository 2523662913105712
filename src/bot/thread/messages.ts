import type { Core } from '../../core/core.ts'
import { type ThreadMessage, ThreadMessageEntity } from '../../db/entities/thread-message.ts'
import type { Chat, Sent, Spot } from '../chat.ts'

/** The messages of a draft's thread as they were last sent, by slot and in the order of sending. */
export async function messagesOf(core: Core, draftId: string): Promise<Map<string, ThreadMessage>> {
  const messages = await core.db.fork().find(ThreadMessageEntity, { draftId }, { orderBy: { id: 'asc' } })
  return new Map(messages.map((message) => [message.slot, message]))
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
): Promise<void> {
  await core.db
    .fork()
    .upsert(
      ThreadMessageEntity,
      { draftId, slot, surface: chat.surface, ...spot, ...sent, viewHash, updatedAt: core.clock() },
      { onConflictFields: ['draftId', 'slot'] },
    )
}
