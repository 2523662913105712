import { type Client, Routes } from 'discord.js'
import type { Logger } from 'pino'

/** Milliseconds for which an answer stays that all can see and only one person needs. */
const STAYS = 180_000

/** Answers to messages, which Discord can show to nobody in private, and which are therefore taken away again. */
export interface Passing {
  /** Has a message taken away after a while; the one before to the same person in the same channel goes at once. */
  add(channelId: string, messageId: string, personId: string): void
  /** Takes all away that are still there. */
  clear(): Promise<void>
}

export function createPassing({ rest }: Client<true>, log: Logger): Passing {
  const there = new Map<string, { timer: NodeJS.Timeout; remove: () => Promise<void> }>()

  async function take(key: string): Promise<void> {
    const answer = there.get(key)
    there.delete(key)
    clearTimeout(answer?.timer)
    await answer?.remove()
  }

  return {
    add(channelId, messageId, personId) {
      const key = `${channelId} ${personId}`
      void take(key)
      const remove = async () => {
        await rest
          .delete(Routes.channelMessage(channelId, messageId))
          // Somebody was quicker.
          .catch((error: unknown) => log.debug({ err: error }, 'an answer could not be taken away'))
      }
      there.set(key, { timer: setTimeout(() => void take(key), STAYS).unref(), remove })
    },
    async clear() {
      await Promise.all([...there.keys()].map(take))
    },
  }
}
