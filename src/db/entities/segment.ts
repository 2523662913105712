import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** When a word of a segment's text is spoken; offsets in UTF-16 code units, times in seconds. */
export interface SpokenWord {
  start: number
  end: number
  from: number
  to: number
}

/** Footage that a search found for a segment, kept so that people can choose another one. */
export interface StoredCandidate {
  provider: string
  id: string
  kind: 'video' | 'image'
  previewUrl: string | null
  downloadUrl: string | null
  smallUrl?: string | null | undefined
  width: number
  height: number
  duration: number | null
  author: string | null
  pageUrl: string | null
  title: string
}

export const SegmentEntity = defineEntity({
  name: 'Segment',
  tableName: 'draft_segments',
  properties: {
    id: p.integer().primary(),
    /** drafts.draft_id; the foreign key with cascade is in the migration. */
    draftId: p.string().length(50).index(),
    segmentIndex: p.integer(),
    text: p.text(),
    keyword: p.string().length(200),
    imageSearchQuery: p.string().length(500),
    /** Which of `keyword`, `search` and `footage` were set by a person, separated by spaces; the others follow the text. */
    byHand: p.string().length(40).default(''),
    /** The ids of the segments merged into this one, separated by spaces; their notes are shown here. */
    mergedFrom: p.string().length(1000).default(''),
    /** The length in seconds that a person set; null for the length of its voice. */
    duration: p.float().strictNullable(),
    videoUrl: p.text().strictNullable(),
    /** Path in the asset store; null while footage is missing or stale. */
    videoLocalPath: p.string().length(255).strictNullable(),
    videoProvider: p.string().length(50).strictNullable(),
    videoId: p.string().length(255).strictNullable(),
    videoKind: p.string().length(10).$type<'video' | 'image'>().strictNullable(),
    videoAuthor: p.string().length(200).strictNullable(),
    videoPageUrl: p.text().strictNullable(),
    videoTitle: p.string().length(500).strictNullable(),
    candidates: p.json<StoredCandidate[]>(),
    /** Path in the asset store; null while the voice is missing or stale. */
    ttsLocalPath: p.string().length(255).strictNullable(),
    ttsDuration: p.float().strictNullable(),
    ttsProvider: p.string().length(50).strictNullable(),
    /** Counts the requested takes of the same text. */
    voiceTake: p.integer(),
    words: p.json<SpokenWord[]>(),
    /** Why the asset is missing or only a substitute, as written by `storedFailure`; or null. */
    voiceError: p.text().strictNullable(),
    footageError: p.text().strictNullable(),
    /** Counts manual retries of what had failed; each is a separate job. */
    retries: p.integer().default(0),
    editedById: p.string().length(100).strictNullable(),
    editedByName: p.string().length(100).strictNullable(),
    /** The draft's version when a person last changed its text, query, keyword, duration or footage. */
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
  uniques: [{ properties: ['draftId', 'segmentIndex'] }],
})

export type Segment = InferEntity<typeof SegmentEntity>
