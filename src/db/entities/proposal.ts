import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** What became of a proposal. `replaced`: somebody has asked for another one for the same segment. */
const PROPOSAL_STATES = ['open', 'accepted', 'dismissed', 'replaced'] as const
type ProposalState = (typeof PROPOSAL_STATES)[number]

/** Another text for a segment, which a script service wrote because somebody asked for it in the thread. */
export const ProposalEntity = defineEntity({
  name: 'Proposal',
  tableName: 'proposals',
  properties: {
    id: p.integer().primary(),
    /** drafts.draft_id; the foreign key with cascade is in the migration. */
    draftId: p.string().length(50).index(),
    segmentId: p.integer(),
    /** The version of the segment that the service was shown. */
    segmentVersion: p.integer(),
    instruction: p.text(),
    textBefore: p.text(),
    textAfter: p.text(),
    provider: p.string().length(50),
    state: p.string().length(20).$type<ProposalState>(),
    /** Who asked for it; empty for a person whose identity was erased. */
    authorId: p.string().length(100),
    authorName: p.string().length(100),
    /** Who accepted or dismissed it. */
    decidedById: p.string().length(100).strictNullable(),
    decidedByName: p.string().length(100).strictNullable(),
    decidedAt: p.datetime().strictNullable(),
    createdAt: p.datetime(),
  },
})

export type Proposal = InferEntity<typeof ProposalEntity>
