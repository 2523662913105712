import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** A person's approval of a draft's film as it was at that moment, not of the draft as it is now. */
export const ApprovalEntity = defineEntity({
  name: 'Approval',
  tableName: 'approvals',
  properties: {
    id: p.integer().primary(),
    draftId: p.string().length(50),
    personId: p.string().length(100),
    personName: p.string().length(100),
    /** The approved film, as identified by `filmOf`. */
    film: p.string().length(40),
    /** The draft's revision at that time; an older one if that one was undone and replaced by others. */
    revision: p.integer(),
    /** The number of changes to the film between the approved revision and the one given here. */
    changesBefore: p.integer().default(0),
    createdAt: p.datetime(),
  },
  uniques: [{ properties: ['draftId', 'personId', 'film'] }],
})

export type Approval = InferEntity<typeof ApprovalEntity>

/**
 * How many approvals a render needs and from whom, for one draft or for all drafts of a workspace that have no row of their
 * own.
 */
export const ApprovalRuleEntity = defineEntity({
  name: 'ApprovalRule',
  tableName: 'approval_rules',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    /** Null for the workspace's rule. */
    draftId: p.string().length(50).strictNullable(),
    needed: p.integer(),
    /** The Discord role or Slack user group whose members' approvals count; null if everyone's do. */
    roleId: p.string().length(100).strictNullable(),
    roleName: p.string().length(100).strictNullable(),
    /** True if a draft requires less than its workspace did at that moment, which only its managers can decide. */
    isLess: p.boolean().default(false),
    /** Empty once the person's identity has been erased. */
    editedById: p.string().length(100),
    editedByName: p.string().length(100),
    updatedAt: p.datetime(),
  },
})
