import { ApprovalRuleEntity } from '../../db/entities/approval.ts'
import type { EntityManager } from '../../db/types.ts'

/** What a render waits for. */
export interface ApprovalRule {
  /** 0 for none. */
  needed: number
  /** Whose approvals count; null for everybody's. */
  role: { id: string; name: string } | null
}

export const NO_RULE: ApprovalRule = { needed: 0, role: null }

/** The rule of a draft: its own, or else that of its workspace. */
export async function ruleOf(
  em: EntityManager,
  { workspace, draftId }: { workspace: string; draftId: string },
): Promise<ApprovalRule> {
  const rows = await em.find(ApprovalRuleEntity, {
    workspace,
    $or: [{ draftId }, { draftId: null }],
  })
  const row = rows.find((each) => each.draftId === draftId) ?? rows[0]
  if (!row) return NO_RULE
  const { needed, roleId, roleName } = row
  return { needed, role: roleId === null ? null : { id: roleId, name: roleName ?? '' } }
}
