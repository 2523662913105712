import { type Client, Routes } from 'discord.js'
import type { Logger } from 'pino'

/** Milliseconds for which a public reply meant for one person stays. */
const STAYS = 180_000

/** Replies to messages, which can't be private on Discord and are therefore deleted again. */
export interface Passing {
  /** Deletes a message after a while; an earlier one to the same person in the same channel is deleted immediately. */
  add(channelId: string, messageId: string, personId: string): void
  /** Deletes all remaining ones. */
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
          // It has already been deleted.
          .catch((error: unknown) => log.debug({ err: error }, 'an answer could not be taken away'))
      }
      there.set(key, { timer: setTimeout(() => void take(key), STAYS).unref(), remove })
    },
    async clear() {
      await Promise.all([...there.keys()].map(take))
    },
  }
}
