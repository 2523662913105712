import { LIMITS } from '../../core/model/limits.ts'
import type { DraftView } from '../../core/model/read-models.ts'
import type { Role } from '../../core/model/reviewers.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import type { FormField, FormValues, FormView } from './types.ts'

/** The approval settings shown in a form. */
export interface ApprovalSettings {
  needed: number
  role: Role | null
  /** Null if there is nothing to choose from. */
  roles: readonly Role[] | null
}

/** The value for everyone in the choice of a role. */
export const ANYONE = 'anyone'

/** How many approvals a render needs and, if there are roles, from whom. */
export function approvalFields(
  { needed, role, roles }: ApprovalSettings,
  words: Words,
  typed: FormValues = {},
): FormField[] {
  const { min, max } = LIMITS.approvals
  const numbers = Array.from({ length: max - min + 1 }, (_, index) => min + index)
  const count: FormField = {
    type: 'select',
    id: 'approvals',
    label: words.form.approvals,
    hint: words.form.approvalsHint,
    value: typed.approvals ?? String(needed),
    options: numbers.map((number) => ({ value: String(number), label: words.form.approvalsChoice(number) })),
  }
  // The chosen one comes first: a platform shows only the first of very many, and one that no longer exists stays visible.
  const known = [...(role ? [role] : []), ...(roles ?? []).filter(({ id }) => id !== role?.id)]
  if (known.length === 0) return [count]
  return [
    count,
    {
      type: 'role',
      id: 'approvalsFrom',
      label: words.form.approvalsFrom,
      value: typed.approvalsFrom ?? role?.id ?? ANYONE,
      options: [
        { value: ANYONE, label: words.form.anyone },
        ...known.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
  ]
}

/** Only the approval fields of `settingsForm`. */
export function approvalsForm(
  draft: DraftView,
  settings: ApprovalSettings,
  words: Words,
  typed: FormValues = {},
): FormView {
  return {
    action: encodeAction('settings', draft.draftId, 0, draft.settingsVersion),
    title: words.buttons.approvals,
    submit: words.form.save,
    fields: approvalFields(settings, words, typed),
  }
}
