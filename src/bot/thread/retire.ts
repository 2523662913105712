import type { Core } from '../../core/core.ts'
import { ThreadMessageEntity } from '../../db/entities/thread-message.ts'
import { type Chat, GoneError, LockedError } from '../chat.ts'
import { notice } from '../errors.ts'
import { wordsFor } from '../words/index.ts'
import { forgetMark } from './marks.ts'
import { clearLosses, messagesOf } from './messages.ts'
import { removeQuietly } from './project.ts'
import { segmentPlace } from './slots.ts'

/** Tidies up the thread of a draft that is gone: its segments disappear, its top message says so. Posted videos stay. */
export async function retire(core: Core, chats: ReadonlyMap<string, Chat>, draftId: string): Promise<void> {
  let isDone = true
  for (const message of (await messagesOf(core, draftId)).values()) {
    const chat = chats.get(message.surface)
    // Its platform is not connected now; the row stays and is found at a later start.
    if (!chat) {
      isDone = false
      continue
    }
    if (segmentPlace(message.slot) !== null) await removeQuietly(chat, message, message.messageId)
    if (message.slot === 'top') await sayDeleted(chat, message)
    await core.db.fork().nativeDelete(ThreadMessageEntity, { id: message.id })
  }
  await clearLosses(core, draftId)
  if (isDone) await forgetMark(core, draftId)
}

async function sayDeleted(
  chat: Chat,
  message: { channelId: string; threadId: string | null; messageId: string },
): Promise<void> {
  try {
    // The language went with the draft.
    const sentence = `${wordsFor('en').draft.deleted} ${wordsFor('ko').draft.deleted}`
    await chat.edit(message, message.messageId, notice(sentence), {})
  } catch (error) {
    if (!(error instanceof GoneError || error instanceof LockedError)) throw error
  }
}
