import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** A person's remark on a segment. It doesn't change the film. */
export const NoteEntity = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: {
    id: p.integer().primary(),
    /** drafts.draft_id; the foreign key with cascade is in the migration. */
    draftId: p.string().length(50).index(),
    /** The segment it was written on, which may currently be removed or merged into another. */
    segmentId: p.integer(),
    text: p.text(),
    /** Empty once the person's identity has been erased. */
    authorId: p.string().length(100),
    authorName: p.string().length(100),
    resolvedById: p.string().length(100).strictNullable(),
    resolvedByName: p.string().length(100).strictNullable(),
    /** Null while it is open. */
    resolvedAt: p.datetime().strictNullable(),
    createdAt: p.datetime(),
  },
})

export type Note = InferEntity<typeof NoteEntity>
