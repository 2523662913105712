import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** That somebody has approved a film of a draft: what it was made of then, not the draft as it is now. */
export const ApprovalEntity = defineEntity({
  name: 'Approval',
  tableName: 'approvals',
  properties: {
    id: p.integer().primary(),
    draftId: p.string().length(50),
    personId: p.string().length(100),
    personName: p.string().length(100),
    /** The film that was approved, as `filmOf` names it. */
    film: p.string().length(40),
    /** The revision that the draft was at; an older one where that was undone and others have taken its place. */
    revision: p.integer(),
    /** Changes of the film between the revision that was approved and the one named here. */
    changesBefore: p.integer().default(0),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['draftId', 'personId', 'film'] }],
})

export type Approval = InferEntity<typeof ApprovalEntity>

/** How many approvals a render needs, and from whom: of one draft, or of all drafts of a workspace without a row of their own. */
export const ApprovalRuleEntity = defineEntity({
  name: 'ApprovalRule',
  tableName: 'approval_rules',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    /** Null for the workspace's. */
    draftId: p.string().length(50).strictNullable(),
    needed: p.integer(),
    /** The role of a Discord server, or the user group of Slack, whose members' approvals count; null for everybody's. */
    roleId: p.string().length(100).strictNullable(),
    roleName: p.string().length(100).strictNullable(),
    /** True where a draft asks for less than its workspace did at that moment, as only its managers can decide. */
    isLess: p.boolean().default(false),
    /** Empty for a person whose identity was erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})
