import { draftHistory, restoreRevision } from '../../core/draft/history.ts'
import { lastCleanup, listJobs } from '../../core/draft/jobs.ts'
import { listDrafts } from '../../core/draft/list.ts'
import { findDraft } from '../../core/draft/load.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { shorten } from '../view/shorten.ts'
import type { Block, Button, Inline, MessageView } from '../view/types.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import type { Rights } from './access.ts'
import { rightsHere, seenBy } from './authorize.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** Drafts on a page of `/draft list`. */
const PAGE = 10
/** Lines of a history or of renders that one message shows. */
const LINES = 20
/** People who are named of those who have approved a revision. */
const NAMED = 4

/** `/draft list`, and its buttons for the pages. */
export async function showList(
  bot: Bot,
  request: Request,
  status: string | undefined,
  page: number,
): Promise<void> {
  await request.reply.acknowledge()
  const { words, workspace } = request
  const query = { workspace, status, seen: await seenBy(bot, request), skip: page * PAGE, limit: PAGE }
  const { drafts, total } = await listDrafts(bot.core, query)
  if (drafts.length === 0) return request.reply.privately(notice(words.private.noDrafts))
  const lines = await Promise.all(
    drafts.map(async (draft): Promise<Block> => {
      const link = await bot.threads.link(draft.draftId)
      const title: Inline = link === null ? { bold: draft.title } : { link, label: draft.title }
      return {
        type: 'text',
        text: [
          title,
          ` · ${words.status[draft.status]} · ${draft.authorName || words.somebody} · `,
          { time: draft.createdAt, as: 'relative' },
          ' · ',
          { code: draft.draftId },
        ],
      }
    }),
  )
  const pageButton = (to: number, label: string): Button[] =>
    to < 0 || to * PAGE >= total || to === page
      ? []
      : [{ action: encodeAction('list_page', status ?? '', 0, to), label }]
  const buttons = [
    ...pageButton(page - 1, words.buttons.previous),
    ...pageButton(page + 1, words.buttons.next),
  ]
  const summary = words.private.drafts(page * PAGE + 1, page * PAGE + drafts.length, total)
  await request.reply.privately({
    summary,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ bold: summary }] },
      ...lines,
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  })
}

/**
 * `/draft show`: brings the thread up to date (posting again what was deleted) and leads there. Where the draft's place is gone,
 * those who may take it elsewhere are the ones to whom it still belongs, and only to where they can write.
 */
export async function showDraft(
  bot: Bot,
  request: Request,
  draftId: string,
  { authorKeeps }: Rights,
): Promise<void> {
  await request.reply.acknowledge()
  const draft = await findDraft(bot.core, request.workspace, draftId)
  const canMove = authorKeeps && (await rightsHere(bot, request)).write
  await bot.threads.sync(draftId, canMove ? request.spot : undefined)
  const link = await bot.threads.link(draftId)
  await request.reply.privately({
    summary: draft.title,
    tone: 'neutral',
    blocks: [
      {
        type: 'text',
        text: [
          `${request.words.private.shown} `,
          link === null ? { bold: draft.title } : { link, label: draft.title },
        ],
      },
    ],
  })
}

/** `/draft history` and **History**: who did what, with buttons back to the last few revisions. */
export async function showHistory(bot: Bot, request: Request, draftId: string): Promise<void> {
  await request.reply.acknowledge()
  const { words } = request
  const draft = await findDraft(bot.core, request.workspace, draftId)
  const { revisions, current, approvals } = await draftHistory(bot.core, request.workspace, draftId)
  const lines = revisions
    .slice(0, LINES)
    .map((revision): Inline[] => [
      '\n',
      { bold: String(revision.number) },
      ` ${revision.actorName || words.somebody}: ${actionText(revision.action, words)} · `,
      { time: revision.createdAt, as: 'relative' },
      ...approvedIn(revision.number, approvals, words),
      ...(revision.number === current ? [' ← ', { bold: words.private.historyCurrent }] : []),
    ])
  const editable = draft.status === 'editing' || draft.status === 'assets_ready'
  const back = revisions.filter(({ number }) => number !== current).slice(0, 5)
  await request.reply.privately({
    summary: words.private.history,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ bold: `${words.private.history} · ${draft.title}` }, ...lines.flat()] },
      ...(editable && back.length > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: back.map(({ number }) => ({
                action: encodeAction('restore', draftId, 0, number),
                label: words.buttons.restore(number),
              })),
            },
          ]
        : []),
    ],
  })
}

function approvedIn(
  number: number,
  approvals: readonly { revision: number; name: string }[],
  words: Words,
): string[] {
  const names = approvals.filter(({ revision }) => revision === number).map(({ name }) => name)
  if (names.length === 0) return []
  return [` · ${words.approvals.by(names.slice(0, NAMED).join(', '), Math.max(0, names.length - NAMED))}`]
}

/** A button of the history. */
export async function restore(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await restoreRevision(bot.core, scopeOf(request, action), action.number)
  await request.reply.privately(notice(request.words.private.restored(action.number), 'good'))
  bot.threads.refresh(action.draftId)
}

/** `/draft jobs`: the renders of all drafts that the person may see, or of one draft. */
export async function showJobs(bot: Bot, request: Request, draftId: string | undefined): Promise<void> {
  await request.reply.acknowledge()
  const { words, workspace } = request
  const seen = draftId === undefined ? await seenBy(bot, request) : undefined
  const { jobs } = await listJobs(bot.core, workspace, { draftId, seen, limit: LINES })
  if (jobs.length === 0) return request.reply.privately(notice(words.private.noJobs))
  const lines = jobs.map((job): Inline[] => [
    '\n',
    { code: job.jobId },
    ` · ${words.jobState[job.state]}`,
    job.state === 'running' ? ` ${Math.round(job.progress * 100)}%` : '',
    job.requesterName ? ` · ${job.requesterName}` : '',
    ' · ',
    { time: job.createdAt, as: 'relative' },
    job.outputDuration === null ? '' : ` · ${words.seconds(job.outputDuration)}`,
    job.error === null ? '' : ` · ${shorten(failureText(words, job.error), 120)}`,
  ])
  await request.reply.privately({
    summary: words.private.jobs,
    tone: 'neutral',
    blocks: [{ type: 'text', text: [{ bold: words.private.jobs }, ...lines.flat()] }],
  })
}

/** `/draft help`; to moderators also what the last cleaning freed, and to managers what counts for the whole workspace. */
export async function showHelp(bot: Bot, request: Request): Promise<void> {
  const [first = '', ...lines] = request.words.private.help
  const { manage, manageWorkspace } = await rightsHere(bot, request)
  const cleaned = manage ? await lastCleanup(bot.core) : null
  const { pronunciation } = request.words.form
  const settings: Button = { action: encodeAction('pronunciation_form'), label: pronunciation }
  const view: MessageView = {
    summary: first,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ bold: first }, ...lines.map((line) => `\n• ${line}`)] },
      ...(manageWorkspace ? [{ type: 'buttons' as const, buttons: [settings] }] : []),
      ...(cleaned ? [{ type: 'note' as const, text: cleanedNote(cleaned, request.words) }] : []),
    ],
  }
  await request.reply.privately(view)
}

function cleanedNote({ at, bytes }: { at: Date; bytes: number }, words: Words): string {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return words.private.cleaned(when, (bytes / 1024 ** 2).toFixed(1))
}

function actionText(
  { code, segment, revision }: { code: string; segment?: number; revision?: number },
  words: Words,
): string {
  return words.action[code]?.(segment ?? revision ?? 0) ?? code
}
