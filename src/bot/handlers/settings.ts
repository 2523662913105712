import { editSettings } from '../../core/draft/edit-settings.ts'
import { cancelRender, finalizeDraft, reopenDraft } from '../../core/draft/finalize.ts'
import { findDraft } from '../../core/draft/load.ts'
import { StaleEditError, UserError } from '../../core/errors.ts'
import type { Bot, Request } from '../request.ts'
import type { Action } from '../view/action-id.ts'
import { musicOf, renderForm, settingsForm } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import { settingsChangeOf } from './form-values.ts'
import { showStale, withTypedWordsKept } from './kept-forms.ts'
import { scopeOf } from './scope.ts'

/** **Settings**: opens the form, with one read of the database. */
export async function openSettingsForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const draft = await findDraft(bot.core, request.workspace, action.draftId)
  refuseUneditable(draft.status)
  await request.reply.openForm(settingsForm(draft, request.words))
}

export async function saveSettings(
  bot: Bot,
  request: Request,
  form: string,
  action: Action,
  values: FormValues,
): Promise<void> {
  await withTypedWordsKept(bot, request, form, values, async () => {
    try {
      await editSettings(
        bot.core,
        scopeOf(request, action),
        settingsChangeOf(values),
        action.number || undefined,
      )
    } catch (error) {
      if (!(error instanceof StaleEditError)) throw error
      const draft = await findDraft(bot.core, request.workspace, action.draftId)
      const theirs: FormValues = {
        title: draft.title,
        description: draft.description,
        tags: draft.tags.join(', '),
        template: draft.template,
        music: musicOf(draft),
      }
      const { words } = request
      await showStale(
        bot,
        request,
        form,
        values,
        error,
        lines(theirs, values, words),
        lines(values, theirs, words),
      )
      return
    }
    await request.reply.acknowledge()
    bot.threads.refresh(action.draftId)
  })
}

/** **Render**: asks for template, music and upload. */
export async function openRenderForm(bot: Bot, request: Request, action: Action): Promise<void> {
  const draft = await findDraft(bot.core, request.workspace, action.draftId)
  if (draft.status === 'converting') throw new UserError('draft_already_rendering')
  if (draft.status === 'finalized') throw new UserError('draft_finalized')
  await request.reply.openForm(renderForm(draft, request.words))
}

export async function startRender(
  bot: Bot,
  request: Request,
  form: string,
  action: Action,
  values: FormValues,
): Promise<void> {
  await withTypedWordsKept(bot, request, form, values, async () => {
    const { template, musicEnabled, mood, volume } = settingsChangeOf(values)
    await finalizeDraft(bot.core, scopeOf(request, action), {
      template,
      musicEnabled,
      mood,
      volume,
      upload: values.upload === 'yes',
    })
    await request.reply.acknowledge()
    bot.threads.refresh(action.draftId)
  })
}

export async function cancel(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await cancelRender(bot.core, scopeOf(request, action))
  bot.threads.refresh(action.draftId)
}

export async function reopen(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await reopenDraft(bot.core, scopeOf(request, action))
  bot.threads.refresh(action.draftId)
}

function refuseUneditable(status: string): void {
  if (status === 'converting') throw new UserError('draft_busy')
  if (status === 'finalized') throw new UserError('draft_finalized')
}

/** The fields that differ, a line each. */
function lines(mine: FormValues, other: FormValues, words: Words): string {
  const labels: Record<string, unknown> = words.form
  return Object.entries(mine)
    .filter(([id, value]) => value.trim() !== (other[id] ?? '').trim())
    .map(([id, value]) => `${String(labels[id] ?? id)}: ${value}`)
    .join('\n')
}
