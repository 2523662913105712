import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Draft } from './draft.ts'
import type { Segment } from './segment.ts'

/** What a revision restores. The draft's identity, place and timestamps are not part of it. */
export interface RevisionSnapshot {
  draft: Pick<
    Draft,
    | 'title'
    | 'description'
    | 'tags'
    | 'template'
    | 'musicEnabled'
    | 'musicMood'
    | 'musicVolume'
    | 'voice'
    | 'voiceSpeed'
    | 'isOutline'
    | 'notice'
  > &
    /** Revisions of older versions do not have them. */
    Partial<Pick<Draft, 'language' | 'endCard' | 'uploadAfter'>>
  segments: Omit<Segment, 'draftId' | 'segmentIndex' | 'retries' | 'version' | 'createdAt' | 'updatedAt'>[]
}

/** What was done, as data, so that readers see it in their own language. */
export interface RevisionAction {
  code: string
  /** The position of the segment concerned, from 1. */
  segment?: number
  /** For `restored`: the number of the restored revision. */
  revision?: number
  /** For `proposal_accepted`: the proposal, which says who requested it. */
  proposal?: number
}

export const RevisionEntity = defineEntity({
  name: 'Revision',
  tableName: 'draft_versions',
  properties: {
    id: p.integer().primary(),
    draftId: p.string().length(50).index(),
    /** From 1, which is the script as first written. */
    number: p.integer(),
    actorId: p.string().length(100),
    actorName: p.string().length(100),
    action: p.json<RevisionAction>(),
    snapshot: p.json<RevisionSnapshot>(),
    /** False if the film is the same as the previous revision's, for instance when only the title was changed. */
    shapesFilm: p.boolean().default(true),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['draftId', 'number'] }],
})

export type Revision = InferEntity<typeof RevisionEntity>
