import { draftHistory, restoreRevision } from '../../core/draft/history.ts'
import { lastCleanup, listJobs } from '../../core/draft/jobs.ts'
import { findDraft } from '../../core/draft/load.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { HISTORY_PAGE, historyMessage } from '../view/history-message.ts'
import { shorten } from '../view/shorten.ts'
import type { Block, Button, Inline, MessageView } from '../view/types.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import type { Rights } from './access.ts'
import { rightsHere, seenBy } from './authorize.ts'
import { linked } from './list-drafts.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** Renders shown in one message, and characters of their titles: with their links, they fit into a Discord message. */
const LINES = 15
const TITLE = 50

/**
 * `/draft show`: updates the thread (reposting what was deleted) and links to it. If the draft's place is gone, only the
 * people it still belongs to may move it, and only to a place where they can write.
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

/** `/draft history` and **History**: a page of who did what, with restore buttons. */
export async function showHistory(bot: Bot, request: Request, draftId: string, page = 0): Promise<void> {
  await request.reply.acknowledge()
  const { words, workspace } = request
  const range = { skip: page * HISTORY_PAGE, limit: HISTORY_PAGE }
  const history = await draftHistory(bot.core, workspace, draftId, range)
  await request.reply.privately(historyMessage(history, page, words))
}

/** **Restore this**, with the revision as `value`; buttons of earlier versions have it in their action. */
export async function restore(bot: Bot, request: Request, action: Action, value: string): Promise<void> {
  await request.reply.acknowledge()
  const number = /^\d{1,9}$/.test(value) ? Number(value) : action.number
  await restoreRevision(bot.core, scopeOf(request, action), number)
  await request.reply.privately(notice(request.words.private.restored(number), 'good'))
  bot.threads.refresh(action.draftId)
}

/** `/draft jobs`: renders of all drafts that the person may see, or of one draft. */
export async function showJobs(bot: Bot, request: Request, draftId: string | undefined): Promise<void> {
  await request.reply.acknowledge()
  const { words, workspace } = request
  const seen = draftId === undefined ? await seenBy(bot, request) : undefined
  const { jobs } = await listJobs(bot.core, workspace, { draftId, seen, limit: LINES })
  if (jobs.length === 0) return request.reply.privately(notice(words.private.noJobs))
  const rows = await Promise.all(
    jobs.map(async (job): Promise<Block> => {
      const { title, draftId, state, progress, requesterName, createdAt, outputDuration, error } = job
      const about = [
        `${words.jobState[state]}${state === 'running' ? ` ${Math.round(progress * 100)}%` : ''}`,
        ...(requesterName ? [requesterName] : []),
        ...(outputDuration === null ? [] : [words.seconds(outputDuration)]),
        ...(error === null ? [] : [shorten(failureText(words, error), 120)]),
      ]
      const text: Inline[] = [
        title === null || draftId === null
          ? words.private.deletedDraft
          : await linked(bot, draftId, shorten(title, TITLE)),
        ` · ${about.join(' · ')} · `,
        { time: createdAt, as: 'relative' },
      ]
      return { type: 'text', text }
    }),
  )
  await request.reply.privately({
    summary: words.private.jobs,
    tone: 'neutral',
    blocks: [{ type: 'text', text: [{ bold: words.private.jobs }] }, ...rows],
  })
}

/** `/draft help`; moderators also see what the last cleanup freed, and managers the settings of the whole workspace. */
export async function showHelp(bot: Bot, request: Request): Promise<void> {
  const [first = '', ...lines] = request.words.private.help
  const { manage, manageWorkspace } = await rightsHere(bot, request)
  const cleaned = manage ? await lastCleanup(bot.core) : null
  const settings: Button = { action: encodeAction('pronunciation_form'), label: request.words.form.workspace }
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
