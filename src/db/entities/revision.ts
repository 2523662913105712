import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Draft } from './draft.ts'
import type { Segment } from './segment.ts'

/** What a revision restores. Identities, places and times of the draft itself are not part of it. */
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

/** What was done, as data, so that each reader sees it in a language of theirs. */
export interface RevisionAction {
  code: string
  /** The place of the segment it was done to, from 1. */
  segment?: number
  /** For `restored`: the number of the revision that came back. */
  revision?: number
  /** For `proposal_accepted`: the proposal, which says who asked for it. */
  proposal?: number
}

export const RevisionEntity = defineEntity({
  name: 'Revision',
  tableName: 'draft_versions',
  properties: {
    id: p.integer().primary(),
    draftId: p.string().length(50).index(),
    /** From 1; the script as it was written is 1. */
    number: p.integer(),
    actorId: p.string().length(100),
    actorName: p.string().length(100),
    action: p.json<RevisionAction>(),
    snapshot: p.json<RevisionSnapshot>(),
    /** False where the film is the same as that of the revision before: where only the title was changed, for instance. */
    shapesFilm: p.boolean().default(true),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['draftId', 'number'] }],
})

export type Revision = InferEntity<typeof RevisionEntity>
