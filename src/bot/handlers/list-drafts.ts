import { authorsNamed, draftAuthors } from '../../core/draft/authors.ts'
import { listDrafts } from '../../core/draft/list.ts'
import type { Seen } from '../../core/draft/places.ts'
import { UserError } from '../../core/model/errors.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { allDrafts } from '../view/all-drafts.ts'
import type { Block, Button, FormValues, Inline, MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import { seenBy } from './authorize.ts'
import { type CommandOptions, PERSON } from './commands.ts'
import { keepForm, keptForm } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'

/** Drafts per page of `/draft list`. */
const PAGE = 10

/** A list's filters, as typed. */
interface Filter {
  words?: string | undefined
  /** A name, or `id:` and an id. */
  person?: string
  status?: string
}

/** `/draft list`. */
export async function showList(bot: Bot, request: Request, options: CommandOptions): Promise<void> {
  const { words, person, status } = options
  await list(bot, request, filterOf({ words, person, status }), 0, null)
}

/**
 * The page buttons: the filters are saved, and the action's segment field holds their id. In messages of earlier versions
 * the draft field holds a status.
 */
export async function showPage(bot: Bot, request: Request, action: Action): Promise<void> {
  const { draftId: status, segmentId: kept, number: page } = action
  if (kept === 0) return list(bot, request, filterOf({ status }), page, null)
  const { values } = await keptForm(bot, request, kept).catch((error: unknown) => {
    throw error instanceof UserError ? new UserError('list_expired', undefined, { cause: error }) : error
  })
  await list(bot, request, filterOf(values), page, kept)
}

async function list(
  bot: Bot,
  request: Request,
  filter: Filter,
  page: number,
  kept: number | null,
): Promise<void> {
  const { reply, words, workspace } = request
  await reply.acknowledge()
  const seen = await seenBy(bot, request)
  const found = await peopleIn(bot, request, filter, seen)
  if (found?.ids.length === 0) return reply.privately(nothing(words.private.noPerson(found.name), words))
  const { status } = filter
  const limits = { status, words: found?.words ?? filter.words, authorIds: found?.ids }
  const { drafts, total } = await listDrafts(bot.core, {
    ...{ workspace, seen, skip: page * PAGE, limit: PAGE },
    ...limits,
  })
  const about = sayFilter({ ...filter, words: limits.words }, found?.name, words)
  if (total === 0 && about !== '') return reply.privately(nothing(words.private.noMatch(about), words))
  if (drafts.length === 0) return reply.privately(notice(words.private.noDrafts))
  const keep = async () => kept ?? (await keepForm(bot, request, encodeAction('list_page'), typedIn(filter)))
  const id = total > PAGE && about !== '' ? await keep() : 0
  const pageButton = (to: number, label: string): Button[] =>
    to < 0 || to * PAGE >= total ? [] : [{ action: encodeAction('list_page', '', id, to), label }]
  const buttons = [
    ...pageButton(page - 1, words.buttons.previous),
    ...pageButton(page + 1, words.buttons.next),
  ]
  const count = words.private.drafts(page * PAGE + 1, page * PAGE + drafts.length, total)
  const summary = about === '' ? count : `${count} · ${about}`
  const rows = await Promise.all(
    drafts.map(async ({ draftId, title, status, authorName, createdAt }): Promise<Block> => {
      const text: Inline[] = [
        await linked(bot, draftId, title),
        ` · ${words.status[status]} · ${authorName || words.somebody} · `,
        { time: createdAt, as: 'relative' },
        ' · ',
        { code: draftId },
      ]
      return { type: 'text', text }
    }),
  )
  await reply.privately({
    summary,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ bold: summary }] },
      ...rows,
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  })
}

/** A draft's title, linked to its thread if there is one. */
export async function linked({ threads }: Bot, draftId: string, title: string): Promise<Inline> {
  const link = await threads.link(draftId)
  return link === null ? { bold: title } : { link, label: title }
}

function nothing(sentence: string, words: Words): MessageView {
  return {
    summary: sentence,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: sentence },
      { type: 'buttons', buttons: [allDrafts(words)] },
    ],
  }
}

function filterOf(values: FormValues | CommandOptions): Filter {
  const text = (name: keyof Filter) => {
    const value = String(values[name] ?? '').trim()
    return value === '' ? {} : { [name]: value }
  }
  return { ...text('words'), ...text('person'), ...text('status') }
}

function typedIn(filter: Filter): FormValues {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** Whose drafts to list, among people who started some that the reader may see; null for everyone's. */
async function peopleIn(
  { core }: Bot,
  { workspace }: Request,
  { person, words = '' }: Filter,
  seen: Seen,
): Promise<{ ids: string[]; name: string; words: string } | null> {
  if (person === undefined) return null
  const authors = await draftAuthors(core, workspace, seen)
  if (person.startsWith(PERSON)) {
    const id = person.slice(PERSON.length)
    const author = authors.find((each) => each.id === id)
    return { ids: author ? [id] : [], name: author?.name ?? '', words }
  }
  const { found, left } = authorsNamed(
    authors,
    person,
    words.split(/\s+/u).filter((word) => word !== ''),
  )
  const names = [...new Set(found.map(({ name }) => name))].slice(0, 3).join(', ')
  return { ids: found.map(({ id }) => id), name: names || person.replace(/^@/, ''), words: left.join(' ') }
}

function sayFilter(
  { words: search, person, status }: Filter,
  name: string | undefined,
  words: Words,
): string {
  const statuses: Record<string, string> = words.status
  return [
    ...(search ? [`“${search}”`] : []),
    ...(person === undefined ? [] : [words.private.byPerson(name || words.somebody)]),
    ...(status === undefined ? [] : [statuses[status] ?? status]),
  ].join(' · ')
}
