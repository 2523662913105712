import { findDraft } from '../../core/draft/load.ts'
import { UserError } from '../../core/errors.ts'
import type { CommandOptions } from '../commands.ts'
import type { Bot, Request } from '../request.ts'
import { draftOption, suggestDrafts } from './look-up.ts'

/** Drafts that a sentence names when several match. */
const NAMED = 5

/**
 * The id of the draft that a person means by an id or by words of its title.
 * @throws UserError when none or several match.
 */
export async function namedDraft(bot: Bot, request: Request, options: CommandOptions): Promise<string> {
  const typed = draftOption(options)
  const matches = await suggestDrafts(bot, request, typed, NAMED)
  const exact = matches.filter(({ draftId, title }) => draftId === typed || sameWords(title, typed))
  const [only, second] = exact.length > 0 ? exact : matches
  if (only && !second && typed !== '') return only.draftId
  if (second && typed !== '') {
    const drafts = matches.map(({ title, draftId }) => `“${title}” (${draftId})`).join(', ')
    throw new UserError('draft_ambiguous', { words: typed, drafts })
  }
  const draft = await findDraft(bot.core, request.workspace, typed)
  if (request.may?.('see', draft) === false) throw new UserError('draft_not_found', { draftId: typed })
  return draft.draftId
}

function sameWords(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase()
}
