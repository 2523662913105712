import type { Core } from '../../core/draft/core.ts'
import { type ThreadMessage, ThreadMessageEntity } from '../../db/entities/thread-message.ts'
import { wordsFor } from '../words/index.ts'
import { type Chat, GoneError, LockedError } from './chat.ts'
import { forgetMark } from './marks.ts'
import { clearLosses, messagesOf } from './messages.ts'
import { removeQuietly } from './remove-quietly.ts'
import { notice } from './sentences.ts'
import { CONTROLS, segmentPosition } from './slots.ts'
import { PREVIEW_SLOT } from './watch.ts'

/**
 * Cleans up the thread of a deleted draft: removes its segments and preview, and says in the top message that it is gone.
 * Posted videos stay.
 */
export async function retire(core: Core, chats: ReadonlyMap<string, Chat>, draftId: string): Promise<void> {
  let isDone = true
  for (const message of (await messagesOf(core, draftId)).values()) {
    const chat = chats.get(message.surface)
    // Its platform isn't connected; the row stays for a later start.
    if (!chat) {
      isDone = false
      continue
    }
    if (isOfNoUse(message)) await removeQuietly(chat, message, message.messageId)
    if (message.slot === 'top') await sayGone(chat, message)
    await core.db.fork().nativeDelete(ThreadMessageEntity, { id: message.id })
  }
  await clearLosses(core, draftId)
  if (isDone) await forgetMark(core, draftId)
}

/** Messages with nothing but dead buttons. */
function isOfNoUse({ slot, files }: ThreadMessage): boolean {
  if (segmentPosition(slot) !== null || slot === CONTROLS || slot === PREVIEW_SLOT) return true
  return /^(video|bundle):/.test(slot) && Object.keys(files).length === 0
}

async function sayGone(chat: Chat, message: ThreadMessage): Promise<void> {
  try {
    await chat.edit(message, message.messageId, notice(farewellOf(message)), {})
  } catch (error) {
    if (!(error instanceof GoneError || error instanceof LockedError)) throw error
  }
}

function farewellOf({ farewell }: ThreadMessage): string {
  // The draft was never created, or was deleted before its language was stored for this.
  if (!farewell) return `${wordsFor('en').draft.deleted} ${wordsFor('ko').draft.deleted}`
  const { draft } = wordsFor(farewell.language)
  const { reason, days } = farewell
  return reason === 'expired' && days !== undefined ? draft.expired(days) : draft.deleted
}
