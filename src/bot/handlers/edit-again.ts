import { getSegment } from '../../core/draft/load.ts'
import { openProposal } from '../../core/draft/notes/proposals.ts'
import { placeOfSegment } from '../../core/draft/notes/read-notes.ts'
import { countSegments, openArrangement } from '../../core/draft/rearrange.ts'
import { UserError } from '../../core/model/errors.ts'
import type { KeptForm } from '../../db/entities/kept-form.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { approvalsForm } from '../view/approval-fields.ts'
import { arrangeForm, moveForm } from '../view/arrange-forms.ts'
import {
  createForm,
  fieldsAfter,
  languageForm,
  lookForm,
  newSegmentForm,
  rewriteForm,
  segmentForm,
  settingsForm,
} from '../view/forms.ts'
import { noteForm, proposalForm } from '../view/notes.ts'
import type { FormView } from '../view/types.ts'
import { uploadCategoryForm, uploadDetailsForm, uploadForm } from '../view/upload-form.ts'
import { pronunciationForm } from '../view/workspace-form.ts'
import { approvalSettings } from './approval-settings.ts'
import { draftForForm } from './draft-for-form.ts'
import { keepForm } from './kept-forms.ts'
import { workspaceSettings } from './pronunciation.ts'
import type { Bot, Request } from './request.ts'

/** **Edit again**: the same form with what was typed, on top of the current state. */
export async function editAgain(bot: Bot, request: Request, kept: KeptForm, original: Action): Promise<void> {
  const form = await formOf(bot, request, original, kept.values)
  const { formFields = form.fields.length } = request.reply
  const isWhole = fieldsAfter(form, kept.values).length === 0
  if (form.fields.length <= formFields || !isWhole) return request.reply.openForm(form)
  // Fields it has no room for were filled in too; they come back from the saved form.
  const rest = await keepForm(bot, request, form.action, kept.values)
  await request.reply.openForm({ ...form, action: encodeAction('more', original.draftId, 0, rest) })
}

/** The form that an action opened, with what was typed, on top of the current state. */
export async function formOf(
  bot: Bot,
  request: Request,
  { verb, draftId, segmentId, number }: Action,
  typed: Record<string, string>,
): Promise<FormView> {
  const { core } = bot
  const { words, workspace } = request
  const approvals = () => approvalSettings(bot, request, verb === 'pronunciation' ? null : draftId)
  const draft = () => draftForForm(core, workspace, draftId)
  const segment = () => getSegment(core, workspace, draftId, segmentId)
  switch (verb) {
    case 'edit': {
      const found = await unlessGone(segment())
      // It has been removed in the meantime; the words can still become a new segment.
      return found ? segmentForm(found, words, typed) : newSegmentForm(draftId, null, words, typed)
    }
    case 'rewrite':
      return rewriteForm(await segment(), words, typed)
    case 'add':
      return newSegmentForm(draftId, segmentId === 0 ? null : await segment(), words, typed)
    case 'settings':
      if (isAlone(typed, ['language'])) return languageForm(await draft(), words, typed)
      if (isAlone(typed, ['approvals', 'approvalsFrom']))
        return approvalsForm(await draft(), await approvals(), words, typed)
      return 'title' in typed
        ? settingsForm(await draft(), await approvals(), words, typed)
        : lookForm(await draft(), words, typed)
    // The separate form of a render, in earlier versions.
    case 'render':
      return lookForm(await draft(), words, typed)
    case 'arrange': {
      const present = await openArrangement(core, workspace, draftId)
      // The typed numbers refer to the list that the person saw.
      return arrangeForm(draftId, { ...present, seen: number }, words, typed)
    }
    case 'move':
      return moveForm(await segment(), await countSegments(core, draftId), words, typed)
    case 'pronunciation':
      return pronunciationForm(
        await workspaceSettings(core, workspace),
        draftId,
        await approvals(),
        words,
        typed,
      )
    case 'upload':
      return uploadForm(await draft(), words, typed)
    case 'upload_details':
      return isAlone(typed, ['category'])
        ? uploadCategoryForm({ draftId, number }, typed.category ?? '', words)
        : uploadDetailsForm({ draftId, number }, typed, words)
    case 'create':
      return createForm(words, typed)
    case 'note': {
      const place = segmentId === 0 ? null : await placeOfSegment(core, workspace, draftId, segmentId)
      return noteForm({ draftId, segmentId, place }, words, typed)
    }
    case 'proposal': {
      const { textAfter: text } = await openProposal(core.db.fork(), draftId, number)
      return proposalForm(await segment(), { id: number, text }, words, typed)
    }
    default:
      throw new UserError('form_expired')
  }
}

function isAlone(typed: Record<string, string>, fields: string[]): boolean {
  const names = Object.keys(typed)
  return names.length > 0 && names.every((name) => fields.includes(name))
}

async function unlessGone(loading: Promise<Segment>): Promise<Segment | null> {
  try {
    return await loading
  } catch (error) {
    if (error instanceof UserError && error.code === 'segment_not_found') return null
    throw error
  }
}
