import { defineEntity, p } from '@mikro-orm/core'

/**
 * How far a draft's thread is behind: `changes` is counted by triggers; `shown` is its value when the thread was last up to
 * date.
 */
export const ThreadMarkEntity = defineEntity({
  name: 'ThreadMark',
  tableName: 'thread_marks',
  properties: {
    draftId: p.string().length(50).primary(),
    changes: p.integer(),
    shown: p.integer().default(0),
  },
})
