import type { webApi } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Spot } from '../../thread/chat.ts'
import { isUnclear, secondsToWait, slackCode } from './errors.ts'
import { findMessage, isThere, marksOf, messagesAt } from './find.ts'

/** Maximum number of remembered marks and places. */
const KEPT = 5000

/** Knows which messages may already have been posted, by a failed attempt or by an earlier process. */
export interface Posted {
  /** The message with this mark, if an earlier attempt may have posted it. To be called before each posting. */
  before(spot: Spot, mark: string): Promise<string | undefined>
  /** Searches for the message with this mark now. */
  look(spot: Spot, mark: string): Promise<string | undefined>
  /** A new thread, in which nothing has been posted before. */
  opened(threadId: string): void
}

/**
 * A mark of this process is searched for once it has been tried. Any other mark can only be on a message of an earlier
 * process, and those are read once per thread and channel. Where the bot may not read, nothing is found.
 */
export function createPosted(client: webApi.WebClient, log: Logger): Posted {
  const tried = new LRUCache<string, true>({ max: KEPT })
  const earlier = new LRUCache<string, Promise<Map<string, string>>>({ max: KEPT })
  const refusals = new Set<string>()

  async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (isUnclear(error) || secondsToWait(error) !== undefined) throw error
      const code = slackCode(error) ?? ''
      // Without a thread there is nothing to find, and each refusal is reported once.
      if (code !== 'thread_not_found' && !refusals.has(code))
        log.warn(
          { err: error },
          'could not see what was posted on Slack before; a message may be posted twice',
        )
      refusals.add(code)
      return undefined
    }
  }

  async function marksAt(spot: Spot): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    await quietly(async () => {
      for await (const page of messagesAt(client, spot))
        for (const message of page.filter(isThere))
          for (const mark of marksOf(message)) found.set(mark, message.ts)
    })
    return found
  }

  function earlierAt(spot: Spot): Promise<Map<string, string>> {
    const place = spot.threadId ?? spot.channelId
    const known = earlier.get(place)
    if (known) return known
    const marks = marksAt(spot)
    earlier.set(place, marks)
    marks.catch(() => earlier.delete(place))
    return marks
  }

  const look = (spot: Spot, mark: string) =>
    quietly(() => findMessage(client, spot, (message) => marksOf(message).includes(mark)))

  return {
    async before(spot, mark) {
      if (tried.has(mark)) return look(spot, mark)
      const found = (await earlierAt(spot)).get(mark)
      tried.set(mark, true)
      return found
    },
    look,
    opened: (threadId) => void earlier.set(threadId, Promise.resolve(new Map())),
  }
}
