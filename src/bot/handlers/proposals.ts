import { findSegment, getDraft, getSegment } from '../../core/draft/load.ts'
import { acceptProposal, dismissProposal, openProposal } from '../../core/draft/notes/proposals.ts'
import { StaleEditError } from '../../core/model/errors.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { proposalForm } from '../view/notes.ts'
import type { FormValues } from '../view/types.ts'
import { showStale } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Edit suggestion**: opens the suggested text for changes before it is used. */
export async function openProposalForm({ core }: Bot, request: Request, action: Action): Promise<void> {
  const { draftId, segmentId, number: id } = action
  const segment = await getSegment(core, request.workspace, draftId, segmentId)
  const { textAfter: text } = await openProposal(core.db.fork(), draftId, id)
  await request.reply.openForm(proposalForm(segment, { id, text }, request.words))
}

/** **Accept** under a segment. */
export async function acceptAsItIs(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  if (await acceptOrShowStale(bot, request, action, {})) bot.threads.refresh(action.draftId)
}

/**
 * Applies a proposal, as it is or as edited by the person.
 * @param values `before` is the segment's text that the person was shown next to it.
 * @returns whether it was applied; otherwise the person has been shown what someone else has written in the meantime.
 */
export async function acceptOrShowStale(
  bot: Bot,
  request: Request,
  action: Action,
  { text, before }: FormValues,
): Promise<boolean> {
  const { draftId, segmentId, number: proposalId } = action
  const { core } = bot
  try {
    await acceptProposal(core, scopeOf(request, action), { proposalId, text, seenText: before })
    return true
  } catch (error) {
    if (!(error instanceof StaleEditError)) throw error
    const { segments } = await getDraft(core, request.workspace, draftId)
    const now = findSegment(segments, segmentId).text
    const mine = text ?? (await openProposal(core.db.fork(), draftId, proposalId)).textAfter
    const { notes, buttons } = request.words
    const form = encodeAction('proposal', draftId, segmentId, proposalId)
    const said = {
      sentence: notes.changedSince(error.changedBy),
      ...{ yours: notes.theSuggestion, apply: buttons.useSuggestion },
    }
    await showStale(bot, request, form, { text: mine, before: now }, error, now, mine, said)
    return false
  }
}

/** **Dismiss** under a segment. */
export async function dismissOnCard(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await dismissProposal(bot.core, scopeOf(request, action), action.number)
  bot.threads.refresh(action.draftId)
}
