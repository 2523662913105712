import { storageTrouble } from '../core/failure.ts'
import type { CommandOptions, CommandSpec } from './commands.ts'
import { answerErrors, isFirstDelivery, notice } from './errors.ts'
import { ARRANGEMENTS, arrange } from './handlers/arrange.ts'
import { createFromCommand, createFromForm } from './handlers/create-draft.ts'
import { createFromMessage } from './handlers/create-from-message.ts'
import { askDelete, reallyDelete } from './handlers/delete-draft.ts'
import { editAgain } from './handlers/edit-again.ts'
import {
  addSegment,
  applyMine,
  openNewSegmentForm,
  openSegmentForm,
  saveSegment,
} from './handlers/edit-segment.ts'
import { pickFootage, showFootage } from './handlers/footage.ts'
import { giveBack } from './handlers/kept-forms.ts'
import {
  draftOption,
  restore,
  showDraft,
  showHelp,
  showHistory,
  showJobs,
  showList,
} from './handlers/look-up.ts'
import { namedDraft } from './handlers/name-draft.ts'
import { startOtherTopic } from './handlers/other-topic.ts'
import { playClip } from './handlers/play.ts'
import { retryAhead, retryRender, retryScript } from './handlers/retry.ts'
import { applyRewrite, openRewriteForm, proposeRewrite } from './handlers/rewrite.ts'
import {
  cancel,
  openRenderForm,
  openSettingsForm,
  reopen,
  saveSettings,
  startRender,
} from './handlers/settings.ts'
import { writeScriptAgain } from './handlers/write-again.ts'
import { openInTime } from './open-in-time.ts'
import type { Bot, Request } from './request.ts'
import { type Action, decodeAction, type Verb } from './view/action-id.ts'
import { createForm } from './view/forms.ts'
import type { FormValues } from './view/types.ts'

type CommandHandler = (bot: Bot, request: Request, options: CommandOptions) => Promise<void>
type ActionHandler = (bot: Bot, request: Request, action: Action, value: string) => Promise<void>
type FormHandler = (
  bot: Bot,
  request: Request,
  form: string,
  action: Action,
  values: FormValues,
) => Promise<void>

const COMMAND_HANDLERS: Record<CommandSpec['name'], CommandHandler> = {
  create: createFromCommand,
  list: (bot, request, options) => showList(bot, request, options.status?.toString(), 0),
  show: async (bot, request, options) => showDraft(bot, request, await namedDraft(bot, request, options)),
  delete: async (bot, request, options) =>
    askDelete(bot, request, await namedDraft(bot, request, options), options.keep_files === true),
  history: async (bot, request, options) =>
    showHistory(bot, request, await namedDraft(bot, request, options)),
  jobs: async (bot, request, options) =>
    showJobs(bot, request, draftOption(options) === '' ? undefined : await namedDraft(bot, request, options)),
  help: showHelp,
}

/** Verbs that open a form: they change nothing, and must be quick. */
const OPENERS: Partial<Record<Verb, ActionHandler>> = {
  edit_form: openSegmentForm,
  insert_form: openNewSegmentForm,
  add_form: openNewSegmentForm,
  settings_form: openSettingsForm,
  render_form: openRenderForm,
  rewrite_form: openRewriteForm,
  create_form: (_bot, request) => request.reply.openForm(createForm(request.words)),
  again: editAgain,
}

/** Verbs that act; each event at most once. */
const ACTORS: Partial<Record<Verb, ActionHandler>> = {
  cancel,
  reopen,
  footage: showFootage,
  pick: pickFootage,
  restore,
  history: (bot, request, { draftId }) => showHistory(bot, request, draftId),
  list_page: (bot, request, { draftId, number }) => showList(bot, request, draftId || undefined, number),
  delete_ask: (bot, request, { draftId }) => askDelete(bot, request, draftId, false),
  delete: (bot, request, { draftId, number }) => reallyDelete(bot, request, draftId, number === 1),
  retry_create: retryScript,
  write_again: writeScriptAgain,
  retry_render: retryRender,
  retry_ahead: retryAhead,
  other_topic: startOtherTopic,
  apply_mine: applyMine,
  rewrite_apply: applyRewrite,
  keep_theirs: (_bot, request) => request.reply.privately(notice(request.words.private.keptTheirs)),
  dismiss: (_bot, request) => request.reply.privately(notice(request.words.private.done)),
  play: playClip,
}

const FORMS: Partial<Record<Verb, FormHandler>> = {
  edit: saveSegment,
  add: addSegment,
  settings: saveSettings,
  render: startRender,
  rewrite: proposeRewrite,
  create: (bot, request, form, _action, values) => createFromForm(bot, request, form, values),
}

/** Verbs that show something and change nothing. */
const LOOKS: readonly Verb[] = ['footage', 'history', 'list_page', 'play', 'keep_theirs', 'dismiss', 'open']

/** True for an action that opens a form, which has to be the first answer to it. */
export function opensForm(id: string): boolean {
  const action = decodeAction(id)
  return action !== null && OPENERS[action.verb] !== undefined
}

/** True for an action that those may do too who cannot write in the channel. */
export function onlyLooks(id: string): boolean {
  const action = decodeAction(id)
  return action === null || LOOKS.includes(action.verb)
}

/** A slash command. */
export function handleCommand(
  bot: Bot,
  request: Request,
  name: CommandSpec['name'],
  options: CommandOptions,
): Promise<void> {
  const work = async () => {
    if (await isFirstDelivery(bot, request)) await COMMAND_HANDLERS[name](bot, request, options)
  }
  return answerErrors(bot, request, work, { act: `/draft ${name}` })
}

/** A button, a menu item, or a select with its chosen value. */
export function handleAction(bot: Bot, request: Request, id: string, value = ''): Promise<void> {
  const action = decodeAction(id)
  const work = async () => {
    const open = action && OPENERS[action.verb]
    if (open) return openInTime(request, (asked) => open(bot, asked, action, value))
    const arrangement = action && ARRANGEMENTS[action.verb]
    const act = action && ACTORS[action.verb]
    if (!action || !(arrangement || act))
      return request.reply.privately(notice(request.words.expiredAction, 'bad'))
    if (!(await isFirstDelivery(bot, request))) return
    if (arrangement) return arrange(bot, request, action, arrangement)
    return act?.(bot, request, action, value)
  }
  return answerErrors(bot, request, work, loggedOf(action))
}

/** A form that somebody has sent. */
export function handleForm(bot: Bot, request: Request, id: string, values: FormValues): Promise<void> {
  const action = decodeAction(id)
  const work = async () => {
    const submit = action && FORMS[action.verb]
    if (!action || !submit) return request.reply.privately(notice(request.words.expiredAction, 'bad'))
    try {
      if (await isFirstDelivery(bot, request)) await submit(bot, request, id, action, values)
    } catch (error) {
      if (!storageTrouble(error)) throw error
      await giveBack(bot, request, values, error)
    }
  }
  return answerErrors(bot, request, work, loggedOf(action))
}

/** A message that somebody wants a draft from: its text fills in the form. */
export function handleMessage(bot: Bot, request: Request, text: string): Promise<void> {
  return answerErrors(bot, request, () => createFromMessage(bot, request, text), { act: 'from message' })
}

/** Of an action, what the log says. The place of a draft's id holds something else in `list_page`. */
function loggedOf(action: Action | null): { act?: string; draft?: string } {
  if (!action) return {}
  const { verb: act, draftId } = action
  return { act, ...(draftId.startsWith('draft_') && { draft: draftId }) }
}
