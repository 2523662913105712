import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/**
 * Who did what to a draft, and when. It outlives the draft, so it holds only ids, people's names and numbers: no script, title or
 * topic.
 */
export const AuditEntity = defineEntity({
  name: 'Audit',
  tableName: 'audit_trail',
  properties: {
    id: p.integer().primary(),
    surface: p.string().length(20),
    workspace: p.string().length(100),
    /** Empty if it didn't happen at a place. */
    channelId: p.string().length(100),
    threadId: p.string().length(100).strictNullable(),
    /** The draft may be gone. Null if no draft was concerned. */
    draftId: p.string().length(50).strictNullable().index(),
    /** Null for the program itself; empty once the person's identity has been erased. */
    actorId: p.string().length(100).strictNullable().index(),
    actorName: p.string().length(100).strictNullable(),
    act: p.string().length(40),
    facts: p.json<Record<string, string | number | boolean>>(),
    createdAt: p.datetime().index(),
  },
})

export type Audit = InferEntity<typeof AuditEntity>
