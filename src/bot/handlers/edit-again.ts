import { requireEditable } from '../../core/draft/load.ts'
import { UserError } from '../../core/errors.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
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

/** **Edit again**: the same form with the typed words, now over what is there at this moment. */
export async function editAgain(bot: Bot, request: Request, action: Action): Promise<void> {
  const kept = await readKept(bot, request, action)
  const original = decodeAction(kept.form)
  if (!original) throw new UserError('form_expired')
  const { segmentId } = original
  // Buttons of an earlier version did not say which segment the form is about.
  const target =
    segmentId === action.segmentId ? kept : await readKept(bot, request, { ...action, segmentId })
  await request.reply.openForm(formOf(request, original, kept.typed, target))
}

/** What a kept form is about, as it is at this moment. */
interface Target {
  /** Throws UserError when it is gone. */
  draft: () => Draft
  /** Null when it is gone. Throws UserError when its draft cannot be edited now. */
  segment: () => Segment | null
}

interface Kept extends Target {
  form: string
  typed: Record<string, string>
}

/**
 * The kept words and what they are about, with one read: a form must open within seconds.
 * @throws UserError when they are not this person's, or no longer kept.
 */
async function readKept(bot: Bot, request: Request, { draftId, segmentId, number }: Action): Promise<Kept> {
  const em = bot.core.db.fork()
  const columns = segmentId === 0 ? 'd.*' : 's.*, d.status as draft_status'
  const [row] = await em.getConnection().execute(
    `select ${columns}, k.form as kept_form, k.form_values as kept_values from kept_forms k
       left join drafts d on d.draft_id = ? and d.workspace = k.workspace
       left join draft_segments s on s.id = ? and s.draft_id = d.draft_id
       where k.id = ? and k.workspace = ? and k.user_id = ?`,
    [draftId, segmentId, number, request.workspace, request.actor.id],
  )
  if (!row) throw new UserError('form_expired')
  const { kept_form: form, kept_values: values, draft_status: status, ...target } = row
  return {
    form,
    typed: JSON.parse(values),
    draft: () => {
      if (target.draft_id === null) throw new UserError('draft_not_found', { draftId })
      return em.map(DraftEntity, target)
    },
    segment: () => {
      if (target.id === null) return null
      requireEditable({ status })
      return em.map(SegmentEntity, target)
    },
  }
}

function formOf(
  { words }: Request,
  { verb, draftId, segmentId }: Action,
  typed: Record<string, string>,
  target: Target,
): FormView {
  const segment = () => {
    const found = target.segment()
    if (!found) throw new UserError('segment_not_found')
    return found
  }
  switch (verb) {
    case 'edit': {
      const found = target.segment()
      // Somebody has removed it meanwhile: the words can still become a segment of their own.
      return found ? segmentForm(found, words, typed) : newSegmentForm(draftId, null, words, typed)
    }
    case 'rewrite':
      return rewriteForm(segment(), words, typed)
    case 'add':
      return newSegmentForm(draftId, segmentId === 0 ? null : segment(), words, typed)
    case 'settings':
      return settingsForm(target.draft(), words, typed)
    case 'render':
      return renderForm(target.draft(), words, typed)
    case 'create':
      return createForm(words, typed)
    default:
      throw new UserError('form_expired')
  }
}
