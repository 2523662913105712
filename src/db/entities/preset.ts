import { defineEntity, p } from '@mikro-orm/core'

/** A workspace's brand; at most one row per workspace. */
export const PresetEntity = defineEntity({
  name: 'Preset',
  tableName: 'presets',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100).unique(),
    /** Path in the store; null for none. */
    logoPath: p.string().length(200).strictNullable(),
    /** Empty for none. */
    callToAction: p.string().length(100),
    /** Starts at 1 and grows with each change. */
    version: p.integer(),
    /** Empty once the person's identity has been erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})
