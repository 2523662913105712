import { setTimeout } from 'node:timers/promises'
import { ruleOf } from '../../core/draft/approval-rules.ts'
import { findDraft, requireEditable } from '../../core/draft/load.ts'
import { type RuleChange, setApprovalRule } from '../../core/draft/set-approval-rule.ts'
import type { Action } from '../view/action-id.ts'
import { ANYONE, type ApprovalSettings, approvalsForm } from '../view/approval-fields.ts'
import type { FormValues } from '../view/types.ts'
import { authorize } from './authorize.ts'
import { numberOf } from './form-values.ts'
import type { Bot, Request } from './request.ts'

/** Milliseconds that a platform gets to list its roles: the form has to open within three seconds. */
const PATIENCE = 1000

/** The approval fields of a settings form. If the platform doesn't list its roles, none are shown. */
export async function approvalSettings(
  { core, log }: Bot,
  { workspace }: Pick<Request, 'workspace'>,
  draftId: string | null,
): Promise<ApprovalSettings> {
  const asking = core.reviewers.roles(workspace).catch((err: unknown) => {
    log.warn({ err, workspace }, 'could not look up the roles of a workspace')
    return null
  })
  const rule = await ruleOf(core.db.fork(), { workspace, draftId })
  const roles = await Promise.race([asking, setTimeout(PATIENCE, null, { ref: false })])
  return { ...rule, roles }
}

/** **Approvals**: opens the form, where the form of all settings had no room for it. */
export async function openApprovalsForm(bot: Bot, request: Request, { draftId }: Action): Promise<void> {
  const draft = await findDraft(bot.core, request.workspace, draftId)
  requireEditable(draft)
  const settings = await approvalSettings(bot, request, draftId)
  await request.reply.openForm(approvalsForm(draft, settings, request.words))
}

/**
 * Saves a draft's approval fields, if the form has them.
 * @returns the resulting version of the settings. @throws UserError, StaleEditError like `setApprovalRule`.
 */
export async function saveApprovals(
  bot: Bot,
  request: Request,
  draftId: string,
  values: FormValues,
  seenVersion: number | undefined,
): Promise<number | undefined> {
  const change = ruleChangeOf(values)
  if (change.needed === undefined && change.roleId === undefined) return seenVersion
  const { actor } = request
  const { manageWorkspace: manages } = await authorize(bot, request, 'write', draftId)
  const scope = { place: placeOf(request), draftId, actor, manages }
  if (!(await setApprovalRule(bot.core, scope, change, seenVersion))) return seenVersion
  return (await findDraft(bot.core, request.workspace, draftId)).settingsVersion
}

/** Same, for all drafts of a workspace, by a person who may do so. */
export async function saveWorkspaceApprovals(bot: Bot, request: Request, values: FormValues): Promise<void> {
  const scope = { place: placeOf(request), draftId: null, actor: request.actor, manages: true }
  await setApprovalRule(bot.core, scope, ruleChangeOf(values))
}

function placeOf({ surface, workspace, spot }: Request) {
  return { surface, workspace, ...spot }
}

/** @throws UserError for anything but a number. */
function ruleChangeOf({ approvals, approvalsFrom }: FormValues): RuleChange {
  return {
    ...(approvals !== undefined && { needed: numberOf('approvals', approvals) }),
    ...(approvalsFrom !== undefined && { roleId: approvalsFrom === ANYONE ? '' : approvalsFrom }),
  }
}
