import { ApprovalRuleEntity } from '../../db/entities/approval.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Role } from '../model/reviewers.ts'

/** What a render waits for. */
export interface ApprovalRule {
  /** 0 for none. */
  needed: number
  /** Whose approvals count; null for everybody's. */
  role: Role | null
}

/** Whose rule it is: that of one draft, or with null of all drafts of a workspace. */
export interface RuleOwner {
  workspace: string
  draftId: string | null
}

/**
 * The rule that holds: the workspace's, or what a draft asks for besides. Less than the workspace asks for is only what a manager has
 * set for the draft.
 */
export async function ruleOf(em: EntityManager, { workspace, draftId }: RuleOwner): Promise<ApprovalRule> {
  return (await rulesOf(em, workspace, draftId === null ? [] : [draftId]))(draftId)
}

/** The same for several drafts of a workspace, with one read. */
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
  // Whose approvals the workspace asks for is not for a draft to say, also if it was said before the workspace asked for any.
  const ofWorkspace = general.needed > 0 ? general.role : null
  return { needed: Math.max(needed, general.needed), role: ofWorkspace ?? role ?? general.role }
}

/** Whether one rule asks for less than another, or for something else. */
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
