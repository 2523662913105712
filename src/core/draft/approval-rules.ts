import { ApprovalRuleEntity } from '../../db/entities/approval.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Role } from '../model/reviewers.ts'

/** The approvals a render needs. */
export interface ApprovalRule {
  /** 0 for none. */
  needed: number
  /** The role whose members' approvals count; null for everyone's. */
  role: Role | null
}

/** The rule's scope: one draft, or with null all drafts of a workspace. */
export interface RuleOwner {
  workspace: string
  draftId: string | null
}

/**
 * The effective rule: the workspace's, or a stricter one of the draft. A draft's rule is only weaker than the workspace's
 * if a manager has set it.
 */
export async function ruleOf(em: EntityManager, { workspace, draftId }: RuleOwner): Promise<ApprovalRule> {
  return (await rulesOf(em, workspace, draftId === null ? [] : [draftId]))(draftId)
}

/** Same, for several drafts of a workspace, with one query. */
export async function rulesOf(
  em: EntityManager,
  workspace: string,
  draftIds: readonly string[],
): Promise<(draftId: string | null) => ApprovalRule> {
  const rows = await em.find(ApprovalRuleEntity, {
    workspace,
    ...(draftIds.length === 0
      ? { draftId: null }
      : { $or: [{ draftId: { $in: [...draftIds] } }, { draftId: null }] }),
  })
  const general = ruleIn(rows.find((row) => row.draftId === null))
  return (draftId) =>
    ruleAmong(
      rows.find((row) => row.draftId !== null && row.draftId === draftId),
      general,
    )
}

function ruleAmong(own: (Row & { isLess: boolean }) | undefined, general: ApprovalRule): ApprovalRule {
  if (!own) return general
  const { needed, role } = ruleIn(own)
  if (own.isLess) return { needed, role }
  // A draft can't override the role that the workspace requires, even if the draft's was set before the workspace required one.
  const ofWorkspace = general.needed > 0 ? general.role : null
  return { needed: Math.max(needed, general.needed), role: ofWorkspace ?? role ?? general.role }
}

/** Whether one rule requires less than another, or something different. */
export function asksForLess(one: ApprovalRule, other: ApprovalRule): boolean {
  if (one.needed < other.needed) return true
  return other.needed > 0 && other.role !== null && one.role?.id !== other.role.id
}

interface Row {
  needed: number
  roleId: string | null
  roleName: string | null
}

function ruleIn(row: Row | undefined): ApprovalRule {
  if (!row) return { needed: 0, role: null }
  const { needed, roleId: id, roleName } = row
  return { needed, role: id === null ? null : { id, name: roleName ?? '' } }
}
