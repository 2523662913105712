import { findDraft, getSegment } from '../../core/draft/load.ts'
import { pronunciationsOf } from '../../core/draft/pronunciations.ts'
import { UserError } from '../../core/model/errors.ts'
import type { KeptForm } from '../../db/entities/kept-form.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import {
  createForm,
  fieldsAfter,
  languageForm,
  newSegmentForm,
  pronunciationForm,
  renderForm,
  rewriteForm,
  segmentForm,
  settingsForm,
} from '../view/forms.ts'
import type { FormView } from '../view/types.ts'
import { uploadDetailsForm, uploadForm } from '../view/upload-form.ts'
import { keepForm } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'

/** **Edit again**: the same form with the typed words, now over what is there at this moment. */
export async function editAgain(bot: Bot, request: Request, kept: KeptForm, original: Action): Promise<void> {
  const form = await formOf(bot, request, original, kept.values)
  const { formFields = form.fields.length } = request.reply
  const isWhole = fieldsAfter(form, kept.values).length === 0
  if (form.fields.length <= formFields || !isWhole) return request.reply.openForm(form)
  // What it has no room for was filled in too, and comes back from what is kept.
  const rest = await keepForm(bot, request, form.action, kept.values)
  await request.reply.openForm({ ...form, action: encodeAction('more', original.draftId, 0, rest) })
}

/** The form that an action opened, with what was typed, over what is there at this moment. */
export async function formOf(
  { core }: Bot,
  { words, workspace }: Request,
  { verb, draftId, segmentId, number }: Action,
  typed: Record<string, string>,
): Promise<FormView> {
  const draft = () => findDraft(core, workspace, draftId)
  const segment = () => getSegment(core, workspace, draftId, segmentId)
  switch (verb) {
    case 'edit': {
      const found = await unlessGone(segment())
      // Somebody has removed it meanwhile: the words can still become a segment of their own.
      return found ? segmentForm(found, words, typed) : newSegmentForm(draftId, null, words, typed)
    }
    case 'rewrite':
      return rewriteForm(await segment(), words, typed)
    case 'add':
      return newSegmentForm(draftId, segmentId === 0 ? null : await segment(), words, typed)
    case 'settings':
      return isLanguageAlone(typed)
        ? languageForm(await draft(), words, typed)
        : settingsForm(await draft(), words, typed)
    case 'render':
      return renderForm(await draft(), words, typed)
    case 'pronunciation':
      return pronunciationForm(await pronunciationsOf(core, workspace), draftId, words, typed)
    case 'upload':
      return uploadForm(await draft(), words, typed)
    case 'upload_details':
      return uploadDetailsForm({ draftId, number }, typed, words)
    case 'create':
      return createForm(words, typed)
    default:
      throw new UserError('form_expired')
  }
}

function isLanguageAlone(typed: Record<string, string>): boolean {
  return Object.keys(typed).join() === 'language'
}

async function unlessGone(loading: Promise<Segment>): Promise<Segment | null> {
  try {
    return await loading
  } catch (error) {
    if (error instanceof UserError && error.code === 'segment_not_found') return null
    throw error
  }
}
