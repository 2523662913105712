import { defineEntity, p } from '@mikro-orm/core'

/** A workspace's pronunciations; at most one row per workspace. */
export const PronunciationsEntity = defineEntity({
  name: 'Pronunciations',
  tableName: 'pronunciations',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100).unique(),
    entries: p.json<{ written: string; spoken: string }[]>(),
    /** Starts at 1 and grows with each change. */
    version: p.integer(),
    /** Empty once the person's identity has been erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})
