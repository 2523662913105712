import { defineEntity, p } from '@mikro-orm/core'

/** What a workspace wants said in its own way. There is one row at most for each. */
export const PronunciationsEntity = defineEntity({
  name: 'Pronunciations',
  tableName: 'pronunciations',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100).unique(),
    entries: p.json<{ written: string; spoken: string }[]>(),
    /** From 1, one more with each change. */
    version: p.integer(),
    /** Empty for a person whose identity was erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})
