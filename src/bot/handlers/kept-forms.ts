import { StaleEditError, UserError } from '../../core/model/errors.ts'
import { storageTrouble } from '../../core/model/failure.ts'
import { type KeptForm, KeptFormEntity } from '../../db/entities/kept-form.ts'
import { sentenceFor } from '../thread/sentences.ts'
import { decodeAction, encodeAction } from '../view/action-id.ts'
import { shorten } from '../view/shorten.ts'
import type { Block, Button, FormValues } from '../view/types.ts'
import { errorSentence, type Words } from '../words/index.ts'
import { fieldOf } from './form-values.ts'
import type { Bot, Request } from './request.ts'

/** Saves what a person typed, so that a button can bring it back even after a restart. @returns its id. */
export async function keepForm(
  bot: Bot,
  request: Pick<Request, 'workspace' | 'actor'>,
  form: string,
  values: FormValues,
): Promise<number> {
  return bot.core.db.fork().insert(KeptFormEntity, {
    workspace: request.workspace,
    userId: request.actor.id,
    form,
    values,
    draftId: decodeAction(form)?.draftId || null,
    createdAt: bot.core.clock(),
  })
}

/** What this person typed. @throws UserError if it is not theirs or no longer saved. */
export async function keptForm(bot: Bot, request: Request, id: number): Promise<KeptForm> {
  const kept = await bot.core.db
    .fork()
    .findOne(KeptFormEntity, { id, workspace: request.workspace, userId: request.actor.id })
  if (!kept) throw new UserError('form_expired')
  return kept
}

/** Deletes a form that has been applied, so that pressing the button again doesn't apply it twice. */
export async function forgetForm({ core, log }: Bot, id: number): Promise<void> {
  await core.db
    .fork()
    .nativeDelete(KeptFormEntity, { id })
    .catch((error: unknown) => log.warn({ err: error }, 'a form that was saved could not be forgotten'))
}

/** The button that reopens a saved form. */
export function editAgainButton(words: Words, form: string, kept: number): Button {
  const { draftId, segmentId } = decodeAction(form) ?? { draftId: '', segmentId: 0 }
  return { action: encodeAction('again', draftId, segmentId, kept), label: words.buttons.editAgain }
}

/**
 * Applies a form. A bad value is reported to the person, with a button that reopens the form with everything they typed.
 */
export async function withTypedWordsKept(
  bot: Bot,
  request: Request,
  form: string,
  values: FormValues,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof StaleEditError) throw error
    // Nothing can be saved if the disk is full, and an address may be a secret.
    if (storageTrouble(error) || decodeAction(form)?.verb === 'webhook')
      return giveBack(bot, request, values, error)
    const kept = await keepForm(bot, request, form, values)
    const sentence = sentenceFor(bot, request.words, error)
    const field = error instanceof UserError ? fieldOf(error) : undefined
    await request.reply.refuseForm(field !== undefined && field in values ? { [field]: sentence } : {}, {
      summary: sentence,
      tone: 'bad',
      blocks: [
        { type: 'text', text: [{ bold: request.words.private.notSaved }, ` ${sentence}`] },
        {
          type: 'buttons',
          buttons: [{ ...editAgainButton(request.words, form, kept), style: 'primary' }],
        },
      ],
    })
  }
}

/**
 * Says why a form was not accepted at all. It stays open if the platform allows that; otherwise the person is shown what
 * they typed, so they can copy it.
 */
export async function giveBack(
  bot: Bot,
  request: Request,
  values: FormValues,
  error: unknown,
): Promise<void> {
  const { words, reply } = request
  const sentence = sentenceFor(bot, words, error)
  const [field] = Object.keys(values)
  const typed = Object.values(values).filter((value) => value.trim() !== '')
  await reply.refuseForm(field === undefined ? {} : { [field]: sentence }, {
    summary: sentence,
    tone: 'bad',
    blocks: [
      { type: 'text', text: [{ bold: words.private.notSaved }, ` ${sentence}`] },
      { type: 'text', text: words.private.youTyped },
      ...typed.map((text): Block => ({ type: 'quote', text })),
    ],
  })
}

/**
 * Shows both texts and lets the person decide. None of theirs has been saved yet. `said` is the wording for anything but an
 * edit.
 */
export async function showStale(
  bot: Bot,
  request: Request,
  form: string,
  values: FormValues,
  error: StaleEditError,
  theirs: string,
  yours: string,
  said?: { sentence: string; yours: string; apply: string },
): Promise<void> {
  const { words } = request
  const kept = await keepForm(bot, request, form, values)
  const draftId = decodeAction(form)?.draftId ?? ''
  const sentence = said?.sentence ?? errorSentence(words, error)
  // The length that both platforms show in full on a button, with words around it.
  const name = shorten(error.changedBy, 40)
  const text = (label: string, content: string): Block[] => [
    { type: 'text', text: [{ bold: label }] },
    { type: 'quote', text: content },
  ]
  await request.reply.privately({
    summary: sentence,
    tone: 'bad',
    blocks: [
      { type: 'text', text: sentence },
      ...text(words.private.theirs(name), theirs),
      ...text(said?.yours ?? words.private.yours, yours),
      {
        type: 'buttons',
        buttons: [
          {
            action: encodeAction('apply_mine', draftId, 0, kept),
            label: said?.apply ?? words.buttons.applyMine,
            style: 'primary',
          },
          { action: encodeAction('keep_theirs', draftId, 0, kept), label: words.buttons.keepTheirs(name) },
          editAgainButton(words, form, kept),
        ],
      },
    ],
  })
}
