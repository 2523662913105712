import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/**
 * Who did what to a draft, and when. It outlives the draft, so it holds ids, names of people and numbers only: no words of
 * a script, no title, no topic.
 */
export const AuditEntity = defineEntity({
  name: 'Audit',
  tableName: 'audit_trail',
  properties: {
    id: p.integer().primary(),
    surface: p.string().length(20),
    workspace: p.string().length(100),
    /** Empty where the act was at no place. */
    channelId: p.string().length(100),
    threadId: p.string().length(100).strictNullable(),
    /** The draft may be gone. Null for what was done to no draft. */
    draftId: p.string().length(50).strictNullable().index(),
    /** Null: the program itself. Empty: a person whose identity was erased. */
    actorId: p.string().length(100).strictNullable().index(),
    actorName: p.string().length(100).strictNullable(),
    act: p.string().length(40),
    facts: p.json<Record<string, string | number | boolean>>(),
    createdAt: p.datetime().index(),
  },
})

export type Audit = InferEntity<typeof AuditEntity>
