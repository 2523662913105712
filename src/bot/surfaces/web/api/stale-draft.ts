import type { StaleEditError } from '../../../../core/model/errors.ts'
import type { Bot } from '../../../handlers/request.ts'
import { errorSentence } from '../../../words/index.ts'
import { draftOf } from '../draft-of.ts'
import { WebError } from '../problems.ts'
import type { Who } from '../who.ts'

/** The error for a caller who hasn't seen the newest settings: `mine` is what was sent, `theirs` the draft as it is now. */
export async function staleDraft(
  bot: Bot,
  who: Who,
  draftId: string,
  mine: Record<string, unknown>,
  error: StaleEditError,
): Promise<WebError> {
  const { segments, ...theirs } = await draftOf(bot, who, draftId)
  const more = { changed_by: error.changedBy, mine, theirs }
  return new WebError(409, 'stale', errorSentence(who.words, error), more)
}
