import { UserError } from '../../core/model/errors.ts'
import { storageTrouble } from '../../core/model/failure.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, decodeAction, type Verb } from '../view/action-id.ts'
import type { FormValues } from '../view/types.ts'
import {
  ACTORS,
  type ActionHandler,
  COMMAND_HANDLERS,
  COMMAND_OPENERS,
  DRAFT_COMMANDS,
  FORMS,
  type FormHandler,
  KEPT_ACTORS,
  KEPT_OPENERS,
  type KeptHandler,
  OPENERS,
} from './acts.ts'
import { requireAllowedWorkspace } from './allowed-workspace.ts'
import { ARRANGEMENTS, arrange } from './arrange.ts'
import { authorize, authorizeCreate, authorizeManage, PATIENCE } from './authorize.ts'
import type { CommandOptions, CommandSpec } from './commands.ts'
import { createFromMessage } from './create-from-message.ts'
import { answerErrors, isFirstDelivery } from './errors.ts'
import { forgetForm, giveBack, keptForm, withTypedWordsKept } from './kept-forms.ts'
import { draftOption, namedDraft } from './name-draft.ts'
import { type Act, COMMAND_NEEDS, NEEDS, type Need } from './needs.ts'
import { openInTime } from './open-in-time.ts'
import type { Bot, Request } from './request.ts'
import { SAVES, save } from './save.ts'
import { valuesWithoutMore } from './second-step.ts'

/** Verbs that open a form: they change nothing and must be quick. */
const OPENING: Partial<Record<Verb, ActionHandler>> = { ...OPENERS, ...allOnKept(KEPT_OPENERS) }

const ACTING: Partial<Record<Verb, ActionHandler>> = {
  ...ACTORS,
  ...allOnKept(KEPT_ACTORS),
  start: onKept((bot, request, { id }) => submitKept(bot, request, id)),
}

function formHandler(verb: Verb): FormHandler | undefined {
  const how = SAVES[verb]
  return (
    FORMS[verb] ??
    (how && (async (bot, request, action, values) => void (await save(bot, request, action, values, how))))
  )
}

/** True for an action that opens a form, which has to be the first response to it. */
export function opensForm(id: string): boolean {
  const action = decodeAction(id)
  return action !== null && OPENING[action.verb] !== undefined
}

/** True for a command that opens a form. */
export function commandOpensForm(name: CommandSpec['name']): boolean {
  return COMMAND_OPENERS[name] !== undefined
}

/** True for an action that only shows something. */
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
    const open = action && OPENING[action.verb]
    const arrangement = action && ARRANGEMENTS[action.verb]
    const act = action && ACTING[action.verb]
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
 * A submitted form. Whatever prevents it from being applied, be it a bad value or missing permission, what the person typed
 * isn't lost.
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

/** The values a person filled in, in one form or in two. */
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

/** A saved form plus further values; applied once, however often it is sent. */
function submitKept(bot: Bot, request: Request, id: number, more?: FormValues): Promise<void> {
  return bot.core.turns.take(`kept form ${id}`, async () => {
    const kept = await keptForm(bot, request, id)
    const values = more
      ? { ...kept.values, ...more }
      : await valuesWithoutMore(bot, request, kept, formToSubmit(kept.form).action)
    await submit(bot, request, kept.form, values, () => forgetForm(bot, id))
  })
}

/** @throws UserError for anything but a form of this version. */
function formToSubmit(form: string): { action: Action; run: FormHandler } {
  const action = decodeAction(form)
  const run = action && formHandler(action.verb)
  if (!run) throw new UserError('form_expired')
  return { action, run }
}

/** A message that a person wants to make a draft from: its text fills in the form. */
export function handleMessage(bot: Bot, request: Request, text: string): Promise<void> {
  const work = async () => {
    requireAllowedWorkspace(bot, request)
    await authorizeCreate(bot, request, PATIENCE.form)
    await createFromMessage(bot, request, text)
  }
  return answerErrors(bot, request, work, { act: 'from message' })
}

/** Every verb declares the permission it needs, and it is checked here for all of them. */
async function allow(bot: Bot, request: Request, action: Action, patience: number): Promise<void> {
  const need = NEEDS[action.verb]
  // For a saved form, permission is checked once it is known what it concerns: see `onKept`.
  if (need === 'create') await authorizeCreate(bot, request, patience)
  else if (need === 'manage') await authorizeManage(bot, request, patience)
  else if (isAct(need)) await authorize(bot, request, need, action.draftId, patience)
}

function isAct(need: Need): need is Act {
  return need !== 'create' && need !== 'manage' && need !== 'kept' && need !== 'nothing'
}

function allOnKept(handlers: Partial<Record<Verb, KeptHandler>>): Partial<Record<Verb, ActionHandler>> {
  return Object.fromEntries(Object.entries(handlers).map(([verb, work]) => [verb, onKept(work)]))
}

/** A button for a saved form: the draft named by the form counts, not the one named by the button. */
function onKept(work: KeptHandler): ActionHandler {
  return async (bot, request, { verb, number }) => {
    const kept = await keptForm(bot, request, number)
    const { action: original } = formToSubmit(kept.form)
    await allow(bot, request, original, OPENING[verb] ? PATIENCE.form : PATIENCE.otherwise)
    await work(bot, request, kept, original)
  }
}

/** The part of an action that is logged. In `list_page`, the draft field holds something else. */
function loggedOf(action: Action | null): { act?: string; draft?: string } {
  if (!action) return {}
  const { verb: act, draftId } = action
  return { act, ...(draftId.startsWith('draft_') && { draft: draftId }) }
}
