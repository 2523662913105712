import type { KeptForm } from '../../db/entities/kept-form.ts'
import { type Action, decodeAction, encodeAction, type Verb } from '../view/action-id.ts'
import { createForm, fieldsAfter, settingsForm, shownValue } from '../view/forms.ts'
import type { Button, FormField, FormValues, MessageView } from '../view/types.ts'
import { approvalSettings } from './approval-settings.ts'
import { draftForForm } from './draft-for-form.ts'
import { formOf } from './edit-again.ts'
import { keepForm } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'
import { save } from './save.ts'
import { settingsOrShowStale } from './settings.ts'

/**
 * Fields that the platform had no room for follow in a second form. The first form's values are saved in between; `more` is the
 * second form's action, and `start` skips it.
 */

/** States the values of the fields that weren't shown, above the buttons to continue. */
function restView(sentence: string, rest: FormField[], buttons: Button[]): MessageView {
  const lines = rest.map((field) => `${field.label}: ${shownValue(field)}`)
  return {
    summary: sentence,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: sentence },
      { type: 'quote', text: lines.join('\n') },
      { type: 'buttons', buttons },
    ],
  }
}

/** Before a draft is created, from a form that didn't show `rest`. */
export async function offerRest(
  bot: Bot,
  request: Request,
  values: FormValues,
  rest: FormField[],
): Promise<void> {
  const { words, reply } = request
  const kept = await keepForm(bot, request, encodeAction('create'), values)
  await reply.privately(
    restView(words.private.notStarted, rest, [
      { action: encodeAction('start', '', 0, kept), label: words.form.start, style: 'primary' },
      { action: encodeAction('more_form', '', 0, kept), label: words.buttons.moreOptions },
    ]),
  )
}

/** **More options**: the fields that weren't shown. */
export async function openRest(bot: Bot, request: Request, kept: KeptForm, original: Action): Promise<void> {
  const form = await formOf(bot, request, original, kept.values)
  const action = encodeAction('more', original.draftId, 0, kept.id)
  await request.reply.openForm({ ...form, action, fields: fieldsAfter(form, kept.values) })
}

/** All values of a form whose other fields keep the values that were shown. */
export async function valuesWithoutMore(
  bot: Bot,
  request: Request,
  kept: KeptForm,
  original: Action,
): Promise<FormValues> {
  const { fields } = await formOf(bot, request, original, kept.values)
  return Object.fromEntries(fields.map(({ id, value }) => [id, value]))
}

/** **Settings**, saved immediately. Fields that its form had no room for have separate forms. */
export async function saveSettings(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<void> {
  if (!(await save(bot, request, action, values, settingsOrShowStale))) return
  // A separate form lists the fields it shows, and leaves none out.
  if (!('title' in values)) return
  const { words, workspace, reply } = request
  const approvals = await approvalSettings(bot, request, action.draftId)
  const form = settingsForm(await draftForForm(bot.core, workspace, action.draftId), approvals, words)
  const rest = fieldsAfter(form, values)
  const button = (verb: Verb, label: string) => ({ action: encodeAction(verb, action.draftId), label })
  const buttons = [
    button('look_form', words.buttons.changeLook),
    button('language_form', words.buttons.language),
    button('approvals_form', words.buttons.approvals),
  ]
  if (rest.length > 0) await reply.privately(restView(words.private.savedWithMore, rest, buttons))
}

/** Whether submitting this creates a draft: a complete form, or a saved one that is complete now. */
export function beginsDraft({ words }: Pick<Request, 'words'>, id: string, values: FormValues = {}): boolean {
  const action = decodeAction(id)
  if (action?.verb === 'create') return fieldsAfter(createForm(words), values).length === 0
  return action?.draftId === '' && (action.verb === 'more' || action.verb === 'start')
}
