import { judgedDraft } from '../../core/draft/places.ts'
import { presetOf, savePreset } from '../../core/draft/preset.ts'
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
import type { FormValues } from '../view/types.ts'
import { webhookButton } from '../view/webhook-messages.ts'
import { pronunciationForm } from '../view/workspace-form.ts'
import { approvalSettings, saveWorkspaceApprovals } from './approval-settings.ts'
import { authorize, PATIENCE } from './authorize.ts'
import type { CommandOptions } from './commands.ts'
import { showStale } from './kept-forms.ts'
import { draftOption, namedDraft } from './name-draft.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'
import { openWebhookForm } from './webhook.ts'

/** `/draft settings`: the workspace's pronunciations and brand, or its webhook. A given draft is re-recorded where necessary. */
export async function openSettingsCommand(
  bot: Bot,
  request: Request,
  options: CommandOptions,
): Promise<void> {
  if (options.part === 'webhook') return openWebhookForm(bot, request)
  const draftId = draftOption(options) === '' ? '' : await namedDraft(bot, request, options)
  await openPronunciationForm(bot, request, draftId)
}

export async function openPronunciationForm(bot: Bot, request: Request, draftId: string): Promise<void> {
  if (draftId !== '') await authorize(bot, request, 'write', draftId, PATIENCE.form)
  const settings = await workspaceSettings(bot.core, request.workspace)
  const approvals = await approvalSettings(bot, request, null)
  await request.reply.openForm(pronunciationForm(settings, draftId, approvals, request.words))
}

/** Settings that apply to all drafts of a workspace. */
export async function workspaceSettings(core: Bot['core'], workspace: string) {
  const [list, preset] = await Promise.all([pronunciationsOf(core, workspace), presetOf(core, workspace)])
  return { ...list, preset }
}

export async function savePronunciationForm(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<void> {
  const { private: words } = request.words
  const saved = await workspaceOrShowStale(bot, request, action, values)
  if (saved === null) return
  const sentences = [
    ...(saved.brand === 'set' ? [words.brandSaved] : saved.brand === 'gone' ? [words.brandRemoved] : []),
    ...(saved.brand === 'same' || saved.revoiced > 0 ? [words.pronunciationsSaved(saved.revoiced)] : []),
  ]
  const view = notice(sentences.join(' '), 'good')
  await request.reply.privately({ ...view, blocks: [...view.blocks, webhookButton(request.words)] })
  if (action.draftId !== '') bot.threads.refresh(action.draftId)
}

interface Saved {
  /** Segments that are re-recorded. */
  revoiced: number
  brand: 'same' | 'set' | 'gone'
}

/** @returns null if the person has been shown the current values next to what they typed. */
export async function workspaceOrShowStale(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<Saved | null> {
  const { core } = bot
  const { workspace, surface, spot, actor } = request
  const typed = values.pronunciations ?? ''
  if (action.draftId !== '') await authorize(bot, request, 'write', action.draftId)
  const entries = readPronunciations(typed)
  try {
    const place = { surface, workspace, ...spot }
    const brand = await saveBrand(bot, request, action, values)
    const changed = await savePronunciations(core, { place, actor }, entries, action.number)
    // Saved last, because it can't be stale: a rejected form hasn't changed it.
    await saveWorkspaceApprovals(bot, request, values)
    const isThere = action.draftId !== '' && (await judgedDraft(core, workspace, action.draftId)) !== null
    return { brand, revoiced: isThere ? await revoiceConcerned(core, scopeOf(request, action), changed) : 0 }
  } catch (error) {
    if (!(error instanceof StaleEditError)) throw error
    const { entries: theirs, version, preset } = await workspaceSettings(core, workspace)
    const form = encodeAction('pronunciation', action.draftId, preset.version, version)
    const { callToAction = '' } = values
    const [shown, mine] = [
      lines(writePronunciations(theirs), preset.callToAction),
      lines(typed, callToAction),
    ]
    await showStale(bot, request, form, values, error, shown, mine)
    return null
  }
}

function lines(pronunciations: string, callToAction: string): string {
  return [pronunciations, callToAction].filter((part) => part.trim() !== '').join('\n')
}

/** Forms of the previous version don't have it. */
async function saveBrand(
  { core }: Bot,
  { surface, workspace, spot, actor, fetchPicture }: Request,
  action: Action,
  { callToAction, logo = '', keptLogo }: FormValues,
): Promise<Saved['brand']> {
  if (callToAction === undefined) return 'same'
  const by = { place: { surface, workspace, ...spot }, actor }
  const sent = logo !== '' && fetchPicture
  const change = {
    callToAction,
    logo: sent ? (file: string, maxBytes: number) => fetchPicture(logo, file, maxBytes) : null,
    // A new logo replaces the old one.
    withoutLogo: keptLogo === 'no' && !sent,
  }
  if (!(await savePreset(core, by, change, action.segmentId))) return 'same'
  const now = await presetOf(core, workspace)
  return now.logo === null && now.callToAction === '' ? 'gone' : 'set'
}
