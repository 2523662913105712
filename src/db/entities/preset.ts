import { defineEntity, p } from '@mikro-orm/core'

/** The brand of a workspace. There is one row at most for each. */
export const PresetEntity = defineEntity({
  name: 'Preset',
  tableName: 'presets',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100).unique(),
    /** In the store; null for none. */
    logoPath: p.string().length(200).strictNullable(),
    /** Empty for none. */
    callToAction: p.string().length(100),
    /** From 1, one more with each change. */
    version: p.integer(),
    /** Empty for a person whose identity was erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})
