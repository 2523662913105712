import type { webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { z } from 'zod'
import { Lookups } from '../lookups.ts'
import { slackCode } from './errors.ts'

/** What Slack says about a conversation. */
interface Conversation {
  /** Everyone in the workspace can read and join it. */
  isPublic: boolean
  isArchived: boolean
  /** Null if it has none, like direct messages. */
  name: string | null
}

/** What Slack says about conversations; each answer is at most a minute old. */
export interface Channels {
  /** Null if there is none, or if it is private and the bot isn't in it. @throws Slack's other errors. */
  find(channelId: string): Promise<Conversation | null>
  /**
   * A yes may be `maxAge` milliseconds old, by default a minute; a no only that old, because they may have joined just now.
   * @throws Slack's error, also for a nonexistent conversation.
   */
  isMember(channelId: string, userId: string, maxAgeOfNo: number, maxAge?: number): Promise<boolean>
}

/** Milliseconds for which an answer is valid. */
const FRESH = 60_000
/** Maximum number of remembered conversations, and of their members in total. */
const KEPT = { conversations: 1000, members: 200_000 }
/** Members per page, and maximum number of pages: https://docs.slack.dev/reference/methods/conversations.members */
const PAGE = { size: 999, most: 100 }

const flag = z.boolean().nullish()
const Channel = z.looseObject({
  name: z.string().nullish(),
  is_private: flag,
  is_im: flag,
  is_mpim: flag,
  is_group: flag,
  is_archived: flag,
})
const Members = z.looseObject({
  members: z.array(z.string()),
  response_metadata: z.looseObject({ next_cursor: z.string().nullish() }).nullish(),
})

export function createChannels(client: webApi.WebClient, log: Logger, now?: () => number): Channels {
  let saidMissing = false
  const clock = now === undefined ? {} : { now }

  /** A permission added in a newer version, which apps installed earlier don't have. */
  async function asked<T>(asking: Promise<T>): Promise<T> {
    try {
      return await asking
    } catch (error) {
      if (slackCode(error) === 'missing_scope' && !saidMissing) {
        saidMissing = true
        log.error(
          'The Slack app is missing a permission to see who is in a conversation, so only authors can use their drafts. Update the app with the manifest from npm run slack:manifest and reinstall it.',
        )
      }
      throw error
    }
  }

  const channels = new Lookups<Conversation | null>({
    ask: async (channel) => {
      try {
        const { channel: found } = await asked(client.conversations.info({ channel }))
        const { name, is_private, is_im, is_mpim, is_group, is_archived } = Channel.parse(found)
        const isPublic = is_private === false && ![is_im, is_mpim, is_group].includes(true)
        return { isPublic, isArchived: is_archived === true, name: is_im || is_mpim ? null : (name ?? null) }
      } catch (error) {
        if (slackCode(error) === 'channel_not_found') return null
        throw error
      }
    },
    capacity: KEPT.conversations,
    ...clock,
  })

  const members = new Lookups<Set<string>>({
    ask: async (channel) => {
      const found = new Set<string>()
      let cursor = ''
      for (let page = 0; page < PAGE.most; page += 1) {
        const answer = await asked(
          client.conversations.members({ channel, limit: PAGE.size, ...(cursor !== '' && { cursor }) }),
        )
        const { members, response_metadata } = Members.parse(answer)
        for (const id of members) found.add(id)
        const next = response_metadata?.next_cursor ?? ''
        if (next === '' || next === cursor) return found
        cursor = next
      }
      throw new Error(`the conversation ${channel} has too many members to look through`)
    },
    weigh: ({ size }) => size + 1,
    capacity: KEPT.members,
    ...clock,
  })

  return {
    find: (channelId) => channels.get(channelId, FRESH),
    async isMember(channelId, userId, maxAgeOfNo, maxAge = FRESH) {
      if ((await members.get(channelId, maxAge)).has(userId)) return true
      return (await members.get(channelId, maxAgeOfNo)).has(userId)
    },
  }
}
