import { judgedDraft } from '../../core/draft/places.ts'
import {
  pronunciationsOf,
  readPronunciations,
  revoiceConcerned,
  savePronunciations,
  writePronunciations,
} from '../../core/draft/pronunciations.ts'
import { StaleEditError } from '../../core/model/errors.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { pronunciationForm } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import { approvalSettings, saveWorkspaceApprovals } from './approval-settings.ts'
import { authorize, PATIENCE } from './authorize.ts'
import type { CommandOptions } from './commands.ts'
import { showStale } from './kept-forms.ts'
import { draftOption, namedDraft } from './name-draft.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** `/draft settings`: what the workspace wants said in its own way. With a draft, that is re-recorded where it has to be. */
export async function openSettingsCommand(
  bot: Bot,
  request: Request,
  options: CommandOptions,
): Promise<void> {
  const draftId = draftOption(options) === '' ? '' : await namedDraft(bot, request, options)
  await openPronunciationForm(bot, request, draftId)
}

export async function openPronunciationForm(bot: Bot, request: Request, draftId: string): Promise<void> {
  if (draftId !== '') await authorize(bot, request, 'write', draftId, PATIENCE.form)
  const list = await pronunciationsOf(bot.core, request.workspace)
  const approvals = await approvalSettings(bot, request, null)
  await request.reply.openForm(pronunciationForm(list, draftId, approvals, request.words))
}

export async function savePronunciationForm(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<void> {
  const { words } = request
  const revoiced = await pronunciationsOrShowStale(bot, request, action, values)
  if (revoiced === null) return
  await request.reply.privately(notice(words.private.pronunciationsSaved(revoiced), 'good'))
  if (action.draftId !== '') bot.threads.refresh(action.draftId)
}

/** @returns how many segments are recorded again; null where the person has been shown both lists. */
export async function pronunciationsOrShowStale(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<number | null> {
  const { core } = bot
  const { workspace, surface, spot, actor } = request
  const typed = values.pronunciations ?? ''
  if (action.draftId !== '') await authorize(bot, request, 'write', action.draftId)
  const entries = readPronunciations(typed)
  await saveWorkspaceApprovals(bot, request, values)
  try {
    const place = { surface, workspace, ...spot }
    const changed = await savePronunciations(core, { place, actor }, entries, action.number)
    const isThere = action.draftId !== '' && (await judgedDraft(core, workspace, action.draftId)) !== null
    return isThere ? await revoiceConcerned(core, scopeOf(request, action), changed) : 0
  } catch (error) {
    if (!(error instanceof StaleEditError)) throw error
    const { entries: theirs, version } = await pronunciationsOf(core, workspace)
    const form = encodeAction('pronunciation', action.draftId, 0, version)
    await showStale(bot, request, form, values, error, writePronunciations(theirs), typed)
    return null
  }
}
