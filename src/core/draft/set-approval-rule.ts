import { ApprovalRuleEntity } from '../../db/entities/approval.ts'
import { DraftEntity } from '../../db/entities/draft.ts'
import type { EntityManager } from '../../db/types.ts'
import { StaleEditError, UserError } from '../model/errors.ts'
import { LIMITS } from '../model/limits.ts'
import type { Actor, Place } from '../model/people.ts'
import type { Role } from '../model/reviewers.ts'
import { type ApprovalRule, asksForLess, ruleOf } from './approval-rules.ts'
import { recordAct } from './audit.ts'
import type { Core } from './core.ts'
import { requireEditable } from './load.ts'
import { openDrafts } from './open-drafts.ts'
import { requireNumber } from './validate.ts'

export interface RuleChange {
  needed?: number | undefined
  /** Empty for everyone. */
  roleId?: string | undefined
}

export interface RuleScope {
  /** Where it is requested; its workspace is the one concerned. */
  place: Place
  /** Null for the workspace's rule. */
  draftId: string | null
  actor: Actor
  /** True for managers of the workspace: only they can require less for a draft than for the workspace. */
  manages: boolean
}

/**
 * Sets how many approvals a render needs, and from whom.
 * @param seenVersion the version of the draft's settings that the person saw; undefined to overwrite the current ones.
 * @returns whether anything changed.
 * @throws UserError for people who may not do this, and for invalid values; StaleEditError if someone else has changed the
 * settings since.
 */
export async function setApprovalRule(
  core: Core,
  scope: RuleScope,
  change: RuleChange,
  seenVersion?: number,
): Promise<boolean> {
  if (change.needed === undefined && change.roleId === undefined) return false
  const { workspace } = scope.place
  const owner = { workspace, draftId: scope.draftId }
  const before = await ruleOf(core.db.fork(), owner)
  const role = await roleFor(core, workspace, change.roleId, before)
  const isChanged = await core.turns.take(`approvals ${workspace}`, () =>
    core.db.transaction(async (em) => {
      const before = await ruleOf(em, owner)
      const wanted = {
        needed:
          change.needed === undefined
            ? before.needed
            : Math.round(requireNumber('approvals', change.needed, LIMITS.approvals)),
        role: role === undefined ? before.role : role,
      }
      if (wanted.needed === before.needed && wanted.role?.id === before.role?.id) return false
      if (asksForLess(wanted, before) && !scope.manages) throw new UserError('not_allowed_to_lower')
      if (scope.draftId !== null) await noteSettings(em, core, scope, scope.draftId, seenVersion)
      await write(em, core, scope, wanted)
      const about = { place: scope.place, draftId: scope.draftId, actor: scope.actor, now: core.clock() }
      const facts = { from: before.needed, to: wanted.needed, role: wanted.role?.id ?? '' }
      await recordAct(em, 'approvals_set', about, facts)
      return true
    }),
  )
  if (!isChanged) return false
  const shown =
    scope.draftId === null ? await openDrafts(core.db.fork(), scope.place.workspace) : [scope.draftId]
  for (const draftId of shown) core.events.changed(draftId)
  return true
}

/** Undefined to leave it unchanged. */
async function roleFor(
  core: Core,
  workspace: string,
  roleId: string | undefined,
  before: ApprovalRule,
): Promise<Role | null | undefined> {
  if (roleId === undefined || roleId === before.role?.id) return undefined
  if (roleId === '') return null
  const roles = await core.reviewers.roles(workspace).catch((err: unknown) => {
    core.log.warn({ err, workspace }, 'could not look up the roles of a workspace')
    return null
  })
  const role = roles?.find(({ id }) => id === roleId)
  if (!role) throw new UserError('role_not_found', { field: 'approvalsFrom' })
  return role
}

/** The rule is one of a draft's settings, so people who have seen other settings are notified. */
async function noteSettings(
  em: EntityManager,
  core: Core,
  { place: { workspace }, actor }: RuleScope,
  draftId: string,
  seenVersion: number | undefined,
): Promise<void> {
  const draft = await em.findOne(DraftEntity, { draftId, workspace }, { exclude: ['contentPlanJson'] })
  if (!draft) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  requireEditable(draft)
  if (seenVersion !== undefined && draft.settingsVersion !== seenVersion)
    throw new StaleEditError(draft.settingsEditedByName ?? '')
  draft.settingsVersion = draft.version + 1
  draft.settingsEditedByName = actor.name
  draft.updatedAt = core.clock()
  draft.expiryNoticeAt = null
  await em.flush()
}

async function write(
  em: EntityManager,
  core: Core,
  { place: { workspace }, draftId, actor }: RuleScope,
  { needed, role }: ApprovalRule,
): Promise<void> {
  const general = draftId === null ? null : await ruleOf(em, { workspace, draftId: null })
  const fields = {
    ...{ needed, roleId: role?.id ?? null, roleName: role?.name ?? null },
    isLess: general !== null && asksForLess({ needed, role }, general),
    ...{ editedById: actor.id, editedByName: actor.name, updatedAt: core.clock() },
  }
  const changed = await em.nativeUpdate(ApprovalRuleEntity, { workspace, draftId }, fields)
  if (changed === 0) await em.insert(ApprovalRuleEntity, { workspace, draftId, ...fields })
}
