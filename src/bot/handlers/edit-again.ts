import { findDraft, getSegment } from '../../core/draft/load.ts'
import { UserError } from '../../core/errors.ts'
import type { Bot, Request } from '../request.ts'
import { type Action, decodeAction } from '../view/action-id.ts'
import {
  createForm,
  newSegmentForm,
  renderForm,
  rewriteForm,
  segmentForm,
  settingsForm,
} from '../view/forms.ts'
import type { FormView } from '../view/types.ts'
import { keptForm } from './kept-forms.ts'

/** **Edit again**: the same form with the typed words, now over what is there at this moment. */
export async function editAgain(bot: Bot, request: Request, action: Action): Promise<void> {
  const kept = await keptForm(bot, request, action.number)
  const original = decodeAction(kept.form)
  if (!original) throw new UserError('form_expired')
  await request.reply.openForm(await formOf(bot, request, original, kept.values))
}

async function formOf(
  bot: Bot,
  request: Request,
  original: Action,
  typed: Record<string, string>,
): Promise<FormView> {
  const { core } = bot
  const { words, workspace } = request
  const { draftId, segmentId } = original
  switch (original.verb) {
    case 'edit': {
      const segment = await getSegment(core, workspace, draftId, segmentId).catch((error: unknown) => {
        if (error instanceof UserError && error.code === 'segment_not_found') return null
        throw error
      })
      // Somebody has removed it meanwhile: the words can still become a segment of their own.
      return segment ? segmentForm(segment, words, typed) : newSegmentForm(draftId, null, words, typed)
    }
    case 'rewrite':
      return rewriteForm(await getSegment(core, workspace, draftId, segmentId), words, typed)
    case 'add': {
      const after = segmentId === 0 ? null : await getSegment(core, workspace, draftId, segmentId)
      return newSegmentForm(draftId, after, words, typed)
    }
    case 'settings':
      return settingsForm(await findDraft(core, workspace, draftId), words, typed)
    case 'render':
      return renderForm(await findDraft(core, workspace, draftId), words, typed)
    case 'create':
      return createForm(words, typed)
    default:
      throw new UserError('form_expired')
  }
}
