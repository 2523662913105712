import type { KeptForm } from '../../db/entities/kept-form.ts'
import { notice } from '../thread/sentences.ts'
import type { Action, Verb } from '../view/action-id.ts'
import { createForm } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import { showAbout } from './about.ts'
import type { Rights } from './access.ts'
import { checkLink, runAccountCommand } from './account.ts'
import { openApprovalsForm } from './approval-settings.ts'
import { approveDraft, withdraw } from './approve.ts'
import type { CommandOptions, CommandSpec } from './commands.ts'
import { createFromCommand, createFromForm } from './create-draft.ts'
import { askDelete, reallyDelete } from './delete-draft.ts'
import { downloadVideo, makeEditingFiles } from './download.ts'
import { editAgain } from './edit-again.ts'
import { openNewSegmentForm, openSegmentForm } from './edit-segment.ts'
import { pickByNumber, pickFootage, showFootage } from './footage.ts'
import { showList, showPage } from './list-drafts.ts'
import { restore, showDraft, showHelp, showHistory, showJobs } from './look-up.ts'
import { changeInList, openNoteForm, resolveOnCard, showNotes } from './notes.ts'
import { startOtherTopic } from './other-topic.ts'
import { playClip } from './play.ts'
import { openPronunciationForm, openSettingsCommand, savePronunciationForm } from './pronunciation.ts'
import { acceptAsItIs, dismissOnCard, openProposalForm } from './proposals.ts'
import { openArrangeForm, openMoveForm } from './rearrange.ts'
import { renderDraft } from './render.ts'
import type { Bot, Request } from './request.ts'
import { openRewriteForm, proposeRewrite } from './rewrite.ts'
import { applyKept } from './save.ts'
import { openRest, saveSettings } from './second-step.ts'
import { endAllSessions, endOwnSessions, endSession, showSessions } from './sessions.ts'
import { openLanguageForm, openLookForm, openSettingsForm, renderAllTheSame } from './settings.ts'
import { redoStep, undoStep } from './step.ts'
import { offerStudio } from './studio.ts'
import { runTokenCommand } from './tokens.ts'
import {
  openUploadCategoryForm,
  openUploadDetailsForm,
  openUploadForm,
  publish,
  saveUpload,
  saveUploadDetails,
} from './upload.ts'
import { watchDraft } from './watch.ts'
import { openWebhookForm, saveWebhookForm } from './webhook.ts'
import { showWholeMenu } from './whole-menu.ts'

/**
 * What each command, button and form does. `needs.ts` says who may use it; `router.ts` calls these.
 */

/** The draft that a command concerns, and what the person may do at its place. */
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
export type ActionHandler = (bot: Bot, request: Request, action: Action, value: string) => Promise<void>
export type KeptHandler = (bot: Bot, request: Request, kept: KeptForm, original: Action) => Promise<void>
export type FormHandler = (bot: Bot, request: Request, action: Action, values: FormValues) => Promise<void>

export const COMMAND_HANDLERS: Partial<Record<CommandSpec['name'], CommandHandler>> = {
  create: createFromCommand,
  list: showList,
  jobs: (bot, request) => showJobs(bot, request, undefined),
  help: showHelp,
  account: runAccountCommand,
  sessions: showSessions,
  token: runTokenCommand,
}

/** Commands that open a form, which has to be the first response. */
export const COMMAND_OPENERS: Partial<Record<CommandSpec['name'], CommandHandler>> = {
  settings: openSettingsCommand,
}

/** Commands that name a draft. */
export const DRAFT_COMMANDS: Partial<Record<CommandSpec['name'], DraftCommandHandler>> = {
  show: (bot, request, { draftId, rights }) => showDraft(bot, request, draftId, rights),
  delete: (bot, request, { draftId }, options) =>
    askDelete(bot, request, draftId, options.keep_files === true),
  history: (bot, request, { draftId }) => showHistory(bot, request, draftId),
  jobs: (bot, request, { draftId }) => showJobs(bot, request, draftId),
}

/** Verbs that open a form: they change nothing, and must be quick. */
export const OPENERS: Partial<Record<Verb, ActionHandler>> = {
  edit_form: openSegmentForm,
  insert_form: openNewSegmentForm,
  add_form: openNewSegmentForm,
  settings_form: openSettingsForm,
  language_form: openLanguageForm,
  look_form: openLookForm,
  approvals_form: openApprovalsForm,
  rewrite_form: openRewriteForm,
  arrange_form: openArrangeForm,
  move_form: openMoveForm,
  upload_form: openUploadForm,
  upload_details_form: openUploadDetailsForm,
  create_form: (_bot, request) => request.reply.openForm(createForm(request.words)),
  pronunciation_form: (bot, request, { draftId }) => openPronunciationForm(bot, request, draftId),
  note_form: openNoteForm,
  proposal_form: openProposalForm,
  webhook_form: openWebhookForm,
  upload_category_form: openUploadCategoryForm,
}

/** Same, for a saved form. */
export const KEPT_OPENERS: Partial<Record<Verb, KeptHandler>> = { again: editAgain, more_form: openRest }

/** Verbs that change something; each event is handled at most once. */
export const ACTORS: Partial<Record<Verb, ActionHandler>> = {
  footage: showFootage,
  pick: pickFootage,
  restore,
  undo: undoStep,
  redo: redoStep,
  history: (bot, request, { draftId, number }) => showHistory(bot, request, draftId, number),
  list_page: showPage,
  delete_ask: (bot, request, { draftId }) => askDelete(bot, request, draftId, false),
  delete: (bot, request, { draftId, number }) => reallyDelete(bot, request, draftId, number === 1),
  other_topic: startOtherTopic,
  // It used to open a form, whose values `render` still accepts.
  render_form: renderDraft,
  render: renderDraft,
  retry_render: renderDraft,
  keep_theirs: (_bot, request) => request.reply.privately(notice(request.words.private.keptTheirs)),
  dismiss: (_bot, request) => request.reply.privately(notice(request.words.private.keptTheirs)),
  play: playClip,
  watch: watchDraft,
  approve: approveDraft,
  withdraw,
  about: showAbout,
  download: downloadVideo,
  whole_menu: showWholeMenu,
  pick_number: pickByNumber,
  publish,
  account_check: checkLink,
  notes: (bot, request, { draftId, segmentId, number }) =>
    showNotes(bot, request, draftId, segmentId, number),
  note_resolve: resolveOnCard,
  note_done: changeInList,
  note_reopen: changeInList,
  note_delete: changeInList,
  proposal_accept: (bot, request, action) => acceptAsItIs(bot, request, action),
  proposal_dismiss: dismissOnCard,
  studio: offerStudio,
  session_end: endSession,
  sessions_end: endOwnSessions,
  sessions_end_all: endAllSessions,
  bundle: makeEditingFiles,
}

/** The same for a form that was kept. */
export const KEPT_ACTORS: Partial<Record<Verb, KeptHandler>> = {
  apply_mine: applyKept,
  rewrite_apply: applyKept,
  render_anyway: renderAllTheSame,
}

/** Forms that do something other than saving to a draft. */
export const FORMS: Partial<Record<Verb, FormHandler>> = {
  settings: saveSettings,
  rewrite: proposeRewrite,
  pronunciation: savePronunciationForm,
  upload: saveUpload,
  upload_details: saveUploadDetails,
  webhook: saveWebhookForm,
  create: (bot, request, _action, values) => createFromForm(bot, request, values),
}
