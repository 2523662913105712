import { LIMITS } from '../../core/model/limits.ts'
import type { DraftView } from '../../core/model/read-models.ts'
import type { Role } from '../../core/model/reviewers.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import type { FormField, FormValues, FormView } from './types.ts'

/** What a form of settings shows of approvals. */
export interface ApprovalSettings {
  needed: number
  role: Role | null
  /** Null where there is nothing to choose from. */
  roles: readonly Role[] | null
}

/** What the choice of a role calls everybody. */
export const ANYONE = 'anyone'

/** How many approvals a render needs and, where there are roles, from whom. */
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
  // The one that is chosen comes first: of very many a platform shows the first only, and one that is gone can still be seen.
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

/** The approvals of a draft alone, of the settings that `settingsForm` shows. */
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
