import { UserError } from '../../core/model/errors.ts'
import { storageTrouble } from '../../core/model/failure.ts'
import type { KeptForm } from '../../db/entities/kept-form.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, decodeAction, type Verb } from '../view/action-id.ts'
import { createForm } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import type { Rights } from './access.ts'
import { checkLink, runAccountCommand } from './account.ts'
import { requireAllowedWorkspace } from './allowed-workspace.ts'
import { ARRANGEMENTS, arrange } from './arrange.ts'
import { authorize, authorizeCreate, authorizeManage, PATIENCE } from './authorize.ts'
import type { CommandOptions, CommandSpec } from './commands.ts'
import { createFromCommand, createFromForm } from './create-draft.ts'
import { createFromMessage } from './create-from-message.ts'
import { askDelete, reallyDelete } from './delete-draft.ts'
import { editAgain } from './edit-again.ts'
import { openNewSegmentForm, openSegmentForm } from './edit-segment.ts'
import { answerErrors, isFirstDelivery } from './errors.ts'
import { pickFootage, showFootage } from './footage.ts'
import { forgetForm, giveBack, keptForm, withTypedWordsKept } from './kept-forms.ts'
import { restore, showDraft, showHelp, showHistory, showJobs, showList } from './look-up.ts'
import { draftOption, namedDraft } from './name-draft.ts'
import { type Act, COMMAND_NEEDS, NEEDS, type Need } from './needs.ts'
import { openInTime } from './open-in-time.ts'
import { startOtherTopic } from './other-topic.ts'
import { playClip } from './play.ts'
import { openPronunciationForm, openSettingsCommand, savePronunciationForm } from './pronunciation.ts'
import type { Bot, Request } from './request.ts'
import { retryRender } from './retry.ts'
import { openRewriteForm, proposeRewrite } from './rewrite.ts'
import { applyKept, SAVES, save } from './save.ts'
import { openRest, saveSettings, valuesWithoutMore } from './second-step.ts'
import { openLanguageForm, openRenderForm, openSettingsForm, renderAllTheSame } from './settings.ts'
import { openUploadDetailsForm, openUploadForm, publish, saveUpload, saveUploadDetails } from './upload.ts'

/** The draft that a command is about, and what the person may do at its place. */
interface Named {
  draftId: string
  rights: Rights
}

type CommandHandler = (bot: Bot, request: Request, options: CommandOptions) => Promise<void>
type DraftCommandHandler = (
  bot: Bot,
  request: Request,
  named: Named,
  options: CommandOptions,
) => Promise<void>
type ActionHandler = (bot: Bot, request: Request, action: Action, value: string) => Promise<void>
type KeptHandler = (bot: Bot, request: Request, kept: KeptForm, original: Action) => Promise<void>
type FormHandler = (bot: Bot, request: Request, action: Action, values: FormValues) => Promise<void>

const COMMAND_HANDLERS: Partial<Record<CommandSpec['name'], CommandHandler>> = {
  create: createFromCommand,
  list: (bot, request, options) => showList(bot, request, options.status?.toString(), 0),
  jobs: (bot, request) => showJobs(bot, request, undefined),
  help: showHelp,
  account: runAccountCommand,
}

/** Commands that open a form, which has to be the first answer. */
const COMMAND_OPENERS: Partial<Record<CommandSpec['name'], CommandHandler>> = {
  settings: openSettingsCommand,
}

/** What commands do that name a draft. */
const DRAFT_COMMANDS: Partial<Record<CommandSpec['name'], DraftCommandHandler>> = {
  show: (bot, request, { draftId, rights }) => showDraft(bot, request, draftId, rights),
  delete: (bot, request, { draftId }, options) =>
    askDelete(bot, request, draftId, options.keep_files === true),
  history: (bot, request, { draftId }) => showHistory(bot, request, draftId),
  jobs: (bot, request, { draftId }) => showJobs(bot, request, draftId),
}

/** Verbs that open a form: they change nothing, and must be quick. */
const OPENERS: Partial<Record<Verb, ActionHandler>> = {
  edit_form: openSegmentForm,
  insert_form: openNewSegmentForm,
  add_form: openNewSegmentForm,
  settings_form: openSettingsForm,
  language_form: openLanguageForm,
  render_form: openRenderForm,
  rewrite_form: openRewriteForm,
  upload_form: openUploadForm,
  upload_details_form: openUploadDetailsForm,
  create_form: (_bot, request) => request.reply.openForm(createForm(request.words)),
  pronunciation_form: (bot, request, { draftId }) => openPronunciationForm(bot, request, draftId),
  again: onKept(editAgain),
  more_form: onKept(openRest),
}

/** Verbs that act; each event at most once. */
const ACTORS: Partial<Record<Verb, ActionHandler>> = {
  footage: showFootage,
  pick: pickFootage,
  restore,
  history: (bot, request, { draftId }) => showHistory(bot, request, draftId),
  list_page: (bot, request, { draftId, number }) => showList(bot, request, draftId || undefined, number),
  delete_ask: (bot, request, { draftId }) => askDelete(bot, request, draftId, false),
  delete: (bot, request, { draftId, number }) => reallyDelete(bot, request, draftId, number === 1),
  other_topic: startOtherTopic,
  apply_mine: onKept(applyKept),
  rewrite_apply: onKept(applyKept),
  render_anyway: onKept(renderAllTheSame),
  retry_render: retryRender,
  keep_theirs: (_bot, request) => request.reply.privately(notice(request.words.private.keptTheirs)),
  dismiss: (_bot, request) => request.reply.privately(notice(request.words.private.keptTheirs)),
  play: playClip,
  publish,
  account_check: checkLink,
  start: onKept((bot, request, { id }) => submitKept(bot, request, id)),
}

/** Forms that do something else than to be saved into a draft. */
const FORMS: Partial<Record<Verb, FormHandler>> = {
  settings: saveSettings,
  rewrite: proposeRewrite,
  pronunciation: savePronunciationForm,
  upload: saveUpload,
  upload_details: saveUploadDetails,
  create: (bot, request, _action, values) => createFromForm(bot, request, values),
}

function formHandler(verb: Verb): FormHandler | undefined {
  const how = SAVES[verb]
  return (
    FORMS[verb] ??
    (how && (async (bot, request, action, values) => void (await save(bot, request, action, values, how))))
  )
}

/** True for an action that opens a form, which has to be the first answer to it. */
export function opensForm(id: string): boolean {
  const action = decodeAction(id)
  return action !== null && OPENERS[action.verb] !== undefined
}

/** True for a command that opens a form. */
export function commandOpensForm(name: CommandSpec['name']): boolean {
  return COMMAND_OPENERS[name] !== undefined
}

/** True for an action that shows something and changes nothing. */
export function onlyLooks(id: string): boolean {
  const action = decodeAction(id)
  return action === null || ['see', 'nothing'].includes(NEEDS[action.verb])
}

/** A slash command. */
export function handleCommand(
  bot: Bot,
  request: Request,
  name: CommandSpec['name'],
  options: CommandOptions,
): Promise<void> {
  const work = async () => {
    requireAllowedWorkspace(bot, request)
    const open = COMMAND_OPENERS[name]
    if (open)
      return openInTime(request, async (asked) => {
        await authorizeManage(bot, asked, PATIENCE.form)
        await open(bot, asked, options)
      })
    if (!(await isFirstDelivery(bot, request))) return
    const need = COMMAND_NEEDS[name]
    const run = COMMAND_HANDLERS[name]
    const onDraft = DRAFT_COMMANDS[name]
    if (onDraft && isAct(need) && !(run && draftOption(options) === '')) {
      const draftId = await namedDraft(bot, request, options)
      const rights = await authorize(bot, request, need, draftId)
      return onDraft(bot, request, { draftId, rights }, options)
    }
    if (need === 'create') await authorizeCreate(bot, request)
    if (need === 'manage') await authorizeManage(bot, request)
    return run?.(bot, request, options)
  }
  return answerErrors(bot, request, work, { act: `/draft ${name}` })
}

/** A button, a menu item, or a select with its chosen value. */
export function handleAction(bot: Bot, request: Request, id: string, value = ''): Promise<void> {
  const action = decodeAction(id)
  const work = async () => {
    requireAllowedWorkspace(bot, request)
    const open = action && OPENERS[action.verb]
    const arrangement = action && ARRANGEMENTS[action.verb]
    const act = action && ACTORS[action.verb]
    if (!action || !(open || arrangement || act))
      return request.reply.privately(notice(request.words.expiredAction, 'bad'))
    if (open)
      return openInTime(request, async (asked) => {
        await allow(bot, asked, action, PATIENCE.form)
        await open(bot, asked, action, value)
      })
    if (!(await isFirstDelivery(bot, request))) return
    await allow(bot, request, action, PATIENCE.otherwise)
    if (arrangement) return arrange(bot, request, action, arrangement)
    return act?.(bot, request, action, value)
  }
  return answerErrors(bot, request, work, loggedOf(action))
}

/**
 * A form that somebody has sent. Whatever keeps it from being done, a bad value or that the person may not, what they typed
 * is not lost.
 */
export function handleForm(bot: Bot, request: Request, id: string, values: FormValues): Promise<void> {
  const action = decodeAction(id)
  const work = async () => {
    requireAllowedWorkspace(bot, request)
    if (!action || !(action.verb === 'more' || formHandler(action.verb)))
      return request.reply.privately(notice(request.words.expiredAction, 'bad'))
    try {
      if (!(await isFirstDelivery(bot, request))) return
      if (action.verb === 'more') await submitKept(bot, request, action.number, values)
      else await submit(bot, request, id, values)
    } catch (error) {
      if (!storageTrouble(error)) throw error
      await giveBack(bot, request, values, error)
    }
  }
  return answerErrors(bot, request, work, loggedOf(action))
}

/** What somebody has filled in, in one form or in two. */
async function submit(
  bot: Bot,
  request: Request,
  form: string,
  values: FormValues,
  whenDone = async () => {},
): Promise<void> {
  const { action, run } = formToSubmit(form)
  await withTypedWordsKept(bot, request, form, values, async () => {
    await allow(bot, request, action, PATIENCE.otherwise)
    await run(bot, request, action, values)
    await whenDone()
  })
}

/** A form that was kept, with what was filled in besides; once, however often it is sent. */
function submitKept(bot: Bot, request: Request, id: number, more?: FormValues): Promise<void> {
  return bot.core.turns.take(`kept form ${id}`, async () => {
    const kept = await keptForm(bot, request, id)
    const values = more
      ? { ...kept.values, ...more }
      : await valuesWithoutMore(bot, request, kept, formToSubmit(kept.form).action)
    await submit(bot, request, kept.form, values, () => forgetForm(bot, id))
  })
}

/** @throws UserError for what is no form of this version. */
function formToSubmit(form: string): { action: Action; run: FormHandler } {
  const action = decodeAction(form)
  const run = action && formHandler(action.verb)
  if (!run) throw new UserError('form_expired')
  return { action, run }
}

/** A message that somebody wants a draft from: its text fills in the form. */
export function handleMessage(bot: Bot, request: Request, text: string): Promise<void> {
  const work = async () => {
    requireAllowedWorkspace(bot, request)
    await authorizeCreate(bot, request, PATIENCE.form)
    await createFromMessage(bot, request, text)
  }
  return answerErrors(bot, request, work, { act: 'from message' })
}

/** What has to be allowed is said for every verb, and asked here for every one. */
async function allow(bot: Bot, request: Request, action: Action, patience: number): Promise<void> {
  const need = NEEDS[action.verb]
  // A kept form is asked about when it is known what it is about: see `onKept`.
  if (need === 'create') await authorizeCreate(bot, request, patience)
  else if (need === 'manage') await authorizeManage(bot, request, patience)
  else if (isAct(need)) await authorize(bot, request, need, action.draftId, patience)
}

function isAct(need: Need): need is Act {
  return need !== 'create' && need !== 'manage' && need !== 'kept' && need !== 'nothing'
}

/** A button about a form that was kept: what the form itself says it is about counts, not what the button says. */
function onKept(work: KeptHandler): ActionHandler {
  return async (bot, request, { verb, number }) => {
    const kept = await keptForm(bot, request, number)
    const { action: original } = formToSubmit(kept.form)
    await allow(bot, request, original, OPENERS[verb] ? PATIENCE.form : PATIENCE.otherwise)
    await work(bot, request, kept, original)
  }
}

/** Of an action, what the log says. The place of a draft's id holds something else in `list_page`. */
function loggedOf(action: Action | null): { act?: string; draft?: string } {
  if (!action) return {}
  const { verb: act, draftId } = action
  return { act, ...(draftId.startsWith('draft_') && { draft: draftId }) }
}
