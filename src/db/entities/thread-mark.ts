import { defineEntity, p } from '@mikro-orm/core'

/** How far a draft's thread is behind: `changes` is counted by triggers, `shown` is what it was when the thread was last in line. */
export const ThreadMarkEntity = defineEntity({
  name: 'ThreadMark',
  tableName: 'thread_marks',
  properties: {
    draftId: p.string().length(50).primary(),
    changes: p.integer(),
    shown: p.integer().default(0),
  },
})
