import { findDraft } from '../../core/draft/load.ts'
import { type DraftAt, draftAt } from '../../core/draft/notes/draft-at.ts'
import { addNote } from '../../core/draft/notes/notes.ts'
import { proposeByNote, proposes } from '../../core/draft/notes/proposals.ts'
import { readMention, type Said } from '../../core/draft/notes/read-mention.ts'
import { segmentsAt } from '../../core/draft/notes/read-notes.ts'
import { UserError } from '../../core/model/errors.ts'
import { storageTrouble } from '../../core/model/failure.ts'
import { LIMITS } from '../../core/model/limits.ts'
import { isServed } from '../../core/model/served.ts'
import { cleaned, type TextSource } from '../../core/model/text/clean.ts'
import { notice, sentenceFor } from '../thread/sentences.ts'
import { encodeAction } from '../view/action-id.ts'
import { shorten } from '../view/shorten.ts'
import { authorize } from './authorize.ts'
import { answerErrors, isFirstDelivery } from './errors.ts'
import { editAgainButton, keepForm } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'

/** A message that addresses the bot. */
export interface Mention {
  /** Its text, with names instead of ids and without the bot's name; null if the platform doesn't reveal it. */
  text: string | null
  source: TextSource
  /** The id of the message it replies to; null for none. */
  answers: string | null
  /** False for a reply to one of the bot's messages that doesn't name the bot: people may just be talking below a segment. */
  isDirect: boolean
  /** The name by which people address the bot, without `@`. */
  botName: string
  /** Marks the message as accepted. Where that isn't possible, the segment shows it. */
  confirm(sign: 'note' | 'suggestion'): Promise<void>
}

/** “@Rushes 2: calmer”: a note on that segment, or a suggestion if a script service can write one. */
export function handleMention(bot: Bot, request: Request, mention: Mention): Promise<void> {
  const work = async () => {
    // People in workspaces that aren't served get no reply, because everyone could read it.
    if (!isServed(bot.core.served, request.workspace)) return
    if (!(await isFirstDelivery(bot, request))) return
    const { surface, workspace, spot, words } = request
    const { text, botName } = mention
    if (text === null) return request.reply.privately(notice(words.notes.roleMentioned(botName)))
    const found = await draftAt(bot.core, { surface, workspace, ...spot }, mention.answers)
    const said = readMention(text, found?.segmentId != null)
    if (!mention.isDirect && (!found || said.length === 0)) return
    if (!found) return request.reply.privately(notice(words.notes.noDraft(botName)))
    await authorize(bot, request, 'write', found.draftId)
    if (said.length === 0) await showForm(bot, request, { ...mention, text }, found)
    else await take(bot, request, mention, found, said)
  }
  return answerErrors(bot, request, work, { act: 'mention' })
}

/** Explains the syntax, with a button that opens a form with the words. */
async function showForm(
  bot: Bot,
  request: Request,
  { text, source, botName }: Mention & { text: string },
  { draftId, segmentId }: DraftAt,
): Promise<void> {
  const { words, reply } = request
  const form = encodeAction('note', draftId, segmentId ?? 0)
  const typed = { note: shorten(cleaned(text, source), LIMITS.note.text) }
  const kept = await keepForm(bot, request, form, typed)
  const sentence = words.notes.unclear(botName)
  const button = editAgainButton(words, form, kept)
  await reply.privately({
    summary: sentence,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: sentence },
      { type: 'buttons', buttons: [{ ...button, label: words.buttons.writeNote, style: 'primary' }] },
    ],
  })
}

async function take(
  bot: Bot,
  request: Request,
  mention: Mention,
  { draftId, segmentId }: DraftAt,
  said: Said[],
): Promise<void> {
  const { core } = bot
  const scope = { workspace: request.workspace, draftId, actor: request.actor }
  // All positions are checked before the first note is written.
  const notes: { at: number; words: string; isNote: boolean }[] = []
  for (const { places, words, isNote } of said) {
    const at = places.length === 0 ? [segmentId ?? 0] : await segmentsAt(core, draftId, places)
    for (const id of at) notes.push({ at: id, words, isNote })
  }
  const added: { id: number; isNote: boolean }[] = []
  for (const { at, words, isNote } of notes)
    added.push({ id: await addNote(core, scope, at, words, mention.source), isNote })
  const canPropose = mention.isDirect && proposes(core, await findDraft(core, request.workspace, draftId))
  let suggestions = 0
  const reasons = new Set<string>()
  for (const { id } of canPropose ? added.filter(({ isNote }) => !isNote) : []) {
    try {
      await proposeByNote(core, scope, id)
      suggestions += 1
    } catch (error) {
      if (storageTrouble(error)) throw error
      // Another person has just deleted it, or done what it asks for.
      if (error instanceof UserError && error.code === 'note_not_found') continue
      reasons.add(sentenceFor(bot, request.words, error))
    }
  }
  await mention
    .confirm(suggestions > 0 ? 'suggestion' : 'note')
    .catch((error: unknown) => bot.log.debug({ err: error }, 'a message could not be marked as taken'))
  if (reasons.size > 0)
    await request.reply.privately(notice(request.words.notes.keptAsNote([...reasons].join(' ')), 'bad'))
}
