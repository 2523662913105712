import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** What the top message of a removed draft says. */
export interface Farewell {
  reason: 'deleted' | 'expired'
  /** The draft's language. */
  language: string
  /** For `expired`: how long nobody had touched it. */
  days?: number
}

/** Which platform message shows which part of a draft, and what it showed when last sent. */
export const ThreadMessageEntity = defineEntity({
  name: 'ThreadMessage',
  tableName: 'thread_messages',
  properties: {
    id: p.integer().primary(),
    draftId: p.string().length(50).index(),
    /** `announcement`, `top`, `segment:<place from 0>`, `video:<job id>` … */
    slot: p.string().length(100),
    surface: p.string().length(20),
    channelId: p.string().length(100),
    /** Null if the message is in the channel itself. */
    threadId: p.string().length(100).strictNullable(),
    messageId: p.string().length(100).index(),
    viewHash: p.string().length(64),
    /** Files already sent with it: from content hash to the platform's id. */
    files: p.json<Record<string, string>>(),
    /** Set on the top message once its draft is gone. */
    farewell: p.json<Farewell>().nullable(),
    updatedAt: p.datetime(),
  },
  uniques: [{ properties: ['draftId', 'slot'] }],
})

export type ThreadMessage = InferEntity<typeof ThreadMessageEntity>
