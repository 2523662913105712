import { LIMITS } from '../../core/model/limits.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import { type ApprovalSettings, approvalFields } from './approval-fields.ts'
import { choice, line } from './fields.ts'
import type { FormField, FormValues, FormView } from './types.ts'

interface WorkspaceSettings {
  entries: readonly { written: string; spoken: string }[]
  version: number
  preset: { logo: string | null; callToAction: string; version: number }
}

/**
 * A workspace's pronunciations, how its films end, and how many approvals its drafts need. `draftId` is the draft to
 * re-record if it is affected, or empty.
 */
export function pronunciationForm(
  { entries, version, preset }: WorkspaceSettings,
  draftId: string,
  approvals: ApprovalSettings,
  words: Words,
  typed: FormValues = {},
): FormView {
  const list = entries.map(({ written, spoken }) => `${written} = ${spoken}`).join('\n')
  const logo: FormField = {
    type: 'picture',
    id: 'logo',
    label: words.form.logo,
    hint: words.form.logoHint,
    value: '',
  }
  return {
    // The action's segment field holds the version of the brand.
    action: encodeAction('pronunciation', draftId, preset.version, version),
    title: words.form.workspace,
    submit: words.form.save,
    fields: [
      {
        ...line(
          'pronunciations',
          words.form.pronunciations,
          typed.pronunciations ?? list,
          LIMITS.pronunciations.text,
          { hint: words.form.pronunciationsHint },
        ),
        multiline: true,
        placeholder: words.form.pronunciationsExample,
      },
      line(
        'callToAction',
        words.form.callToAction,
        typed.callToAction ?? preset.callToAction,
        LIMITS.preset.callToAction,
        { hint: words.form.callToActionHint },
      ),
      ...(preset.logo === null ? [logo] : [keptLogoField(words, typed.keptLogo ?? 'yes')]),
      ...approvalFields(approvals, words, typed),
      // If there is no room for this field, a logo must be removed before another one is added.
      ...(preset.logo === null ? [] : [logo]),
    ],
  }
}

function keptLogoField(words: Words, value: string): FormField {
  return choice('keptLogo', words.form.keptLogo, value, ['yes', 'no'], (name) =>
    name === 'yes' ? words.form.keptLogoYes : words.form.keptLogoNo,
  )
}
