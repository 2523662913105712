import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** The outcome of a proposal. `replaced`: another one was requested for the same segment. */
const PROPOSAL_STATES = ['open', 'accepted', 'dismissed', 'replaced'] as const
type ProposalState = (typeof PROPOSAL_STATES)[number]

/** Another text for a segment, written by a script service at someone's request in the thread. */
export const ProposalEntity = defineEntity({
  name: 'Proposal',
  tableName: 'proposals',
  properties: {
    id: p.integer().primary(),
    /** drafts.draft_id; the foreign key with cascade is in the migration. */
    draftId: p.string().length(50).index(),
    segmentId: p.integer(),
    /** The version of the segment that was sent to the service. */
    segmentVersion: p.integer(),
    instruction: p.text(),
    textBefore: p.text(),
    textAfter: p.text(),
    provider: p.string().length(50),
    state: p.string().length(20).$type<ProposalState>(),
    /** Who requested it; empty once the person's identity has been erased. */
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
