import { UserError } from '../../core/model/errors.ts'
import type { KeptForm } from '../../db/entities/kept-form.ts'
import { notice } from '../thread/sentences.ts'
import type { Action, Verb } from '../view/action-id.ts'
import type { FormValues } from '../view/types.ts'
import { addSegment, saveOrShowStale } from './edit-segment.ts'
import { saveNote } from './notes.ts'
import { workspaceOrShowStale } from './pronunciation.ts'
import { acceptOrShowStale } from './proposals.ts'
import { arrangeOrShowStale, moveToPlace } from './rearrange.ts'
import type { Bot, Request } from './request.ts'
import { renderOrShowStale, settingsOrShowStale } from './settings.ts'

/** @returns whether the values were saved; otherwise the person has been shown what someone else has changed in the meantime. */
type Save = (bot: Bot, request: Request, action: Action, values: FormValues) => Promise<boolean>

/** Forms that are saved to a draft, whose thread shows the result. */
export const SAVES: Partial<Record<Verb, Save>> = {
  edit: saveOrShowStale,
  add: addSegment,
  settings: settingsOrShowStale,
  render: renderOrShowStale,
  arrange: arrangeOrShowStale,
  move: moveToPlace,
  note: saveNote,
  proposal: acceptOrShowStale,
}

/** The thread shows what happened, so no other response is needed. @returns like `Save`. */
export async function save(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
  how: Save,
): Promise<boolean> {
  const isSaved = await how(bot, request, action, values)
  if (!isSaved) return false
  await request.reply.acknowledge()
  bot.threads.refresh(action.draftId)
  return true
}

/** **Use mine** and **Use this text**: the person has seen both texts and wants the saved one. */
export async function applyKept(bot: Bot, request: Request, kept: KeptForm, original: Action): Promise<void> {
  const how = original.verb === 'pronunciation' ? savePronunciations : SAVES[original.verb]
  if (!how) throw new UserError('form_expired')
  await request.reply.acknowledge()
  if (!(await how(bot, request, original, kept.values))) return
  await request.reply.privately(notice(request.words.private.applied, 'good'))
  if (original.draftId !== '') bot.threads.refresh(original.draftId)
}

const savePronunciations: Save = async (...given) => (await workspaceOrShowStale(...given)) !== null
