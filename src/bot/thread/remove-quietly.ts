import { type Chat, GoneError, type Spot } from './chat.ts'

/** Removes a message that may already be gone. */
export async function removeQuietly(chat: Chat, spot: Spot, messageId: string): Promise<void> {
  try {
    await chat.remove(spot, messageId)
  } catch (error) {
    if (!(error instanceof GoneError)) throw error
  }
}
