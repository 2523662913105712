import { listDrafts } from '../../core/draft/list.ts'
import { judgedDraft } from '../../core/draft/places.ts'
import { UserError } from '../../core/model/errors.ts'
import { isServed } from '../../core/model/served.ts'
import { seenBy } from './authorize.ts'
import type { CommandOptions } from './commands.ts'
import type { Bot, Request } from './request.ts'

/** How many drafts a message lists when several match. */
const NAMED = 5

/** The draft a command names; empty if it names none. */
export function draftOption(options: CommandOptions): string {
  return String(options.draft ?? '').trim()
}

/**
 * Finds a draft by its id or by words of its title. Only drafts that the person may see are searched for words; whether
 * they may see the one with a given id is for `authorize` to decide.
 * @throws UserError if none or several match.
 */
export async function namedDraft(bot: Bot, request: Request, options: CommandOptions): Promise<string> {
  const typed = draftOption(options)
  if (await judgedDraft(bot.core, request.workspace, typed)) return typed
  const matches = typed === '' ? [] : await suggestDrafts(bot, request, typed, NAMED)
  const exact = matches.filter(({ title }) => sameWords(title, typed))
  const [only, second] = exact.length > 0 ? exact : matches
  if (!only) throw new UserError('draft_not_found', { draftId: typed.slice(0, 50) })
  if (!second) return only.draftId
  const drafts = matches.map(({ title, draftId }) => `“${title}” (${draftId})`).join(', ')
  throw new UserError('draft_ambiguous', { words: typed, drafts })
}

/** Drafts this person can see whose title or id contains what was typed, for autocomplete. */
export async function suggestDrafts(
  bot: Bot,
  who: Pick<Request, 'access' | 'actor' | 'surface' | 'workspace' | 'words'>,
  typed: string,
  limit: number,
  patience?: number,
): Promise<{ draftId: string; title: string; status: string; createdAt: Date }[]> {
  const { workspace, words } = who
  if (!isServed(bot.core.served, workspace)) return []
  const seen = await seenBy(bot, who, patience)
  const search = typed.trim().slice(0, 100)
  const { drafts } = await listDrafts(bot.core, { workspace, search, seen, limit })
  return drafts.map(({ draftId, title, status, createdAt }) => ({
    ...{ draftId, title, createdAt },
    status: words.status[status],
  }))
}

function sameWords(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase()
}
