import { cleanSettings, editSettings } from '../../core/draft/edit-settings.ts'
import { findDraft, requireEditable } from '../../core/draft/load.ts'
import { requestRender } from '../../core/draft/render.ts'
import { StaleEditError, UserError } from '../../core/model/errors.ts'
import { MOODS } from '../../core/model/formats.ts'
import type { KeptForm } from '../../db/entities/kept-form.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { ANYONE } from '../view/approval-fields.ts'
import { languageForm, languageName, lookForm, musicOf, settingsForm } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import { NO_UPLOAD, uploadChoiceText } from '../view/upload-form.ts'
import type { Words } from '../words/index.ts'
import { approvalSettings, saveApprovals } from './approval-settings.ts'
import { draftForForm } from './draft-for-form.ts'
import { settingsChangeOf } from './form-values.ts'
import { showStale } from './kept-forms.ts'
import { orAskAboutPlaceholders } from './placeholders.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Settings**: opens the form. */
export async function openSettingsForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const draft = await draftForForm(bot.core, request.workspace, action.draftId)
  requireEditable(draft)
  const approvals = await approvalSettings(bot, request, draft.draftId)
  await request.reply.openForm(settingsForm(draft, approvals, request.words))
}

/** **Change language**: opens the form, when a script's language was only guessed or the settings form had no room for it. */
export async function openLanguageForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const draft = await findDraft(bot.core, request.workspace, action.draftId)
  requireEditable(draft)
  await request.reply.openForm(languageForm(draft, request.words))
}

/** @returns whether the settings were saved; otherwise the person has been shown both versions. */
export async function settingsOrShowStale(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
): Promise<boolean> {
  const save = async () => {
    const change = settingsChangeOf(values)
    cleanSettings(change)
    // Saved first; the other values are already valid. Not everyone may do this, and then nothing is saved.
    const seen = await saveApprovals(bot, request, action.draftId, values, action.number || undefined)
    await editSettings(bot.core, scopeOf(request, action), change, seen)
  }
  return orShowStale(bot, request, action, values, save)
}

/** **Change look**: opens the form. */
export async function openLookForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const draft = await draftForForm(bot.core, request.workspace, action.draftId)
  requireEditable(draft)
  await request.reply.openForm(lookForm(draft, request.words))
}

/** @returns whether the render was requested; otherwise the person has been asked whose settings count, or about blanks. */
export async function renderOrShowStale(
  bot: Bot,
  request: Request,
  action: Action,
  values: FormValues,
  allowsPlaceholders = false,
): Promise<boolean> {
  const { template, musicEnabled, mood, volume, uploadAfter } = settingsChangeOf(values)
  const input = {
    ...{ template, musicEnabled, mood, volume, uploadAfter, allowsPlaceholders },
    seenVersion: action.number || undefined,
  }
  const render = () => requestRender(bot.core, scopeOf(request, action), input)
  return orAskAboutPlaceholders(bot, request, action, values, () =>
    orShowStale(bot, request, action, values, render),
  )
}

/** **Render all the same**, pressed by a person who has seen how many blanks are left. */
export async function renderAllTheSame(
  bot: Bot,
  request: Request,
  kept: KeptForm,
  original: Action,
): Promise<void> {
  if (original.verb !== 'render') throw new UserError('form_expired')
  await request.reply.acknowledge()
  if (!(await renderOrShowStale(bot, request, original, kept.values, true))) return
  await request.reply.privately(notice(request.words.draft.rendering, 'busy'))
  bot.threads.refresh(original.draftId)
}

async function orShowStale(
  bot: Bot,
  request: Request,
  { verb, draftId }: Action,
  values: FormValues,
  save: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await save()
    return true
  } catch (error) {
    if (!(error instanceof StaleEditError)) throw error
    const draft = await findDraft(bot.core, request.workspace, draftId)
    const { needed, role } = await approvalSettings(bot, request, draftId)
    const all: FormValues = {
      title: draft.title,
      description: draft.description,
      tags: draft.tags.join(', '),
      template: draft.template,
      music: musicOf(draft),
      language: draft.language,
      endCard: draft.endCard ? 'on' : 'off',
      upload: draft.uploadAfter ?? NO_UPLOAD,
      volume: String(draft.musicVolume),
      approvals: String(needed),
      approvalsFrom: role?.id ?? ANYONE,
    }
    const theirs = Object.fromEntries(Object.entries(all).filter(([id]) => id in values))
    const mine = Object.fromEntries(Object.entries(values).filter(([id]) => id in all))
    // The saved form carries the version that the person is shown now, so “Use mine” overwrites nothing unseen.
    const form = encodeAction(verb, draftId, 0, draft.settingsVersion)
    const { words } = request
    await showStale(bot, request, form, values, error, lines(theirs, mine, words), lines(mine, theirs, words))
    return false
  }
}

/** A form value as people read it: list choices have names in their language. */
function valueText(id: string, value: string, words: Words): string {
  if (id === 'template') return words.template[value] ?? value
  if (id === 'language') return languageName(value)
  if (id === 'endCard') return value === 'on' ? words.form.endCardOn : words.form.endCardOff
  if (id === 'upload') return uploadChoiceText(value, words)
  if (id === 'approvals') return words.form.approvalsChoice(Number(value))
  if (id === 'approvalsFrom' && (value === '' || value === ANYONE)) return words.form.anyone
  if (id !== 'music') return value
  const mood = MOODS.find((each) => each === value)
  return mood ? words.music(words.mood[mood]) : words.noMusic
}

/** The fields that differ, one per line. */
function lines(mine: FormValues, other: FormValues, words: Words): string {
  const labels: Record<string, unknown> = words.form
  return Object.entries(mine)
    .filter(([id, value]) => value.trim() !== (other[id] ?? '').trim())
    .map(([id, value]) => `${String(labels[id] ?? id)}: ${valueText(id, value, words)}`)
    .join('\n')
}
